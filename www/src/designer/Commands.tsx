import { useEffect } from 'react';
import { Icon } from '../icons';
import { act, useAct, useDesigner } from '../state/store';

interface Deeds {
  back: () => void;
  /** None: the flow may only be looked at. */
  save: (() => void) | null;
  publish: (() => void) | null;
  classic: (() => void) | null;
}

/** The bar above the canvas. */
export const Commands = ({ back, save, publish, classic }: Deeds) => {
  const send = useAct();
  const name = useDesigner((state) => state.workflow.displayName);
  const isNew = useDesigner((state) => state.workflow.flowId === '');
  const isDirty = useDesigner((state) => state.workflow.isDirty);
  const past = useDesigner((state) => state.history.past.length);
  const future = useDesigner((state) => state.history.future.length);
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      if (!event.ctrlKey || event.target instanceof HTMLInputElement) return;
      if (event.key === 'z') send(act.undo());
      if (event.key === 'y') send(act.redo());
    };
    addEventListener('keydown', keys);
    return () => removeEventListener('keydown', keys);
  }, [send]);
  return (
    <div className="commands" role="toolbar" aria-label="Designer">
      <button type="button" aria-label="Back" onClick={back}>
        <Icon name="back" />
      </button>
      <h1>{name}</h1>
      <span className="spring" />
      {save && (
        <>
          <button type="button" aria-label="Undo" disabled={past === 0} onClick={() => send(act.undo())}>
            <Icon name="undo" /> Undo
          </button>
          <button type="button" aria-label="Redo" disabled={future === 0} onClick={() => send(act.redo())}>
            <Icon name="redo" /> Redo
          </button>
        </>
      )}
      <button type="button" disabled>
        <Icon name="check" /> Flow checker
      </button>
      <button type="button" disabled>
        <Icon name="play" /> Test
      </button>
      {classic && (
        <button type="button" onClick={classic}>
          Classic designer
        </button>
      )}
      {publish && (
        <button type="button" aria-label="Publish" disabled={isDirty} onClick={publish}>
          Publish
        </button>
      )}
      {save && (
        <button type="button" className="primary" aria-label="Save" disabled={!isDirty && !isNew} onClick={save}>
          Save
        </button>
      )}
    </div>
  );
};
