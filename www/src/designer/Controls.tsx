import { MiniMap, useReactFlow } from '@xyflow/react';
import { useState } from 'react';
import { Icon } from '../icons';
import { act, useAct } from '../state/store';

/** The upright bar at the lower left. */
export const Controls = () => {
  const send = useAct();
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  const [hasMap, setMap] = useState(false);
  return (
    <>
      <div className="controls" role="toolbar" aria-label="Canvas" aria-orientation="vertical">
        <button type="button" id="control-zoom-in-button" aria-label="Zoom in" onClick={() => zoomIn()}>
          <Icon name="add" />
        </button>
        <button type="button" id="control-zoom-out-button" aria-label="Zoom out" onClick={() => zoomOut()}>
          <Icon name="minus" />
        </button>
        <button type="button" aria-label="Fit view" onClick={() => fitView({ duration: 200 })}>
          <Icon name="fit" />
        </button>
        <button type="button" id="control-search-button" aria-label="Search" onClick={() => send(act.panel({ selected: null, mode: 'search' }))}>
          <Icon name="search" />
        </button>
        <button type="button" aria-label="Toggle minimap" aria-pressed={hasMap} onClick={() => setMap(!hasMap)}>
          <Icon name="map" />
        </button>
      </div>
      {hasMap && <MiniMap position="bottom-left" className="minimap" pannable />}
    </>
  );
};
