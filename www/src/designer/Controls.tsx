import { MiniMap, useReactFlow } from '@xyflow/react';
import { useState } from 'react';
import { act, useAct } from '../state/store';

/** A line drawing on a 20-unit square. */
const Sign = ({ d }: { d: string }) => (
  <svg viewBox="0 0 20 20" width="16" height="16" fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
    <path d={d} />
  </svg>
);

/** The upright bar at the lower left. */
export const Controls = () => {
  const send = useAct();
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  const [hasMap, setMap] = useState(false);
  return (
    <>
      <div className="controls" role="toolbar" aria-label="Canvas" aria-orientation="vertical">
        <button type="button" id="control-zoom-in-button" aria-label="Zoom in" onClick={() => zoomIn()}>
          <Sign d="M10 4v12M4 10h12" />
        </button>
        <button type="button" id="control-zoom-out-button" aria-label="Zoom out" onClick={() => zoomOut()}>
          <Sign d="M4 10h12" />
        </button>
        <button type="button" aria-label="Fit view" onClick={() => fitView({ duration: 200 })}>
          <Sign d="M3 7V4a1 1 0 0 1 1-1h3M13 3h3a1 1 0 0 1 1 1v3M17 13v3a1 1 0 0 1-1 1h-3M7 17H4a1 1 0 0 1-1-1v-3" />
        </button>
        <button type="button" id="control-search-button" aria-label="Search" onClick={() => send(act.panel({ selected: null, mode: 'search' }))}>
          <Sign d="M13 8.5a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0M12 12l4.5 4.5" />
        </button>
        <button type="button" aria-label="Toggle minimap" aria-pressed={hasMap} onClick={() => setMap(!hasMap)}>
          <Sign d="M3 5l4.5-2 5 2L17 3v12l-4.5 2-5-2L3 17zM7.5 3v12M12.5 5v12" />
        </button>
      </div>
      {hasMap && <MiniMap position="bottom-left" className="minimap" pannable />}
    </>
  );
};
