import { ReactFlowProvider } from '@xyflow/react';
import { useCallback, useEffect, useState } from 'react';
import * as api from '../api';
import { Sign } from '../icons';
import { go } from '../route';
import { load, tables, unload } from '../state/load';
import { act, store, useAct, useDesigner } from '../state/store';
import { Canvas } from './Canvas';
import { Controls } from './Controls';
import { Panels } from './Panels';

/** The new designer with one flow. */
export const Designer = ({ session, id }: { session: api.Session; id: string }) => {
  const send = useAct();
  const [state, setState] = useState<'loading' | 'ready' | { refused: string }>('loading');
  const [note, setNote] = useState('');

  const loadConnections = useCallback(async () => {
    if (store.getState().picker.state === 'ready') return;
    send(act.picker({ rows: [], state: 'loading' }));
    try {
      send(act.picker({ rows: await api.connections(session, id), state: 'ready' }));
    } catch {
      send(act.picker({ rows: [], state: 'failed' }));
    }
  }, [session, id, send]);

  const open = useCallback(async () => {
    setState('loading');
    try {
      const flow = await api.flow(session, id);
      if (session.scenario === 'solution') void api.referenceRows(session, flow);
      send(act.opened(load(flow)));
      setState('ready');
      // As in the real designer, the tables of connections come a moment after the nodes.
      setTimeout(() => send(act.bound(tables(flow))), 50);
      if (!session.lazyConnections) void loadConnections();
    } catch (error) {
      setState({ refused: error instanceof Error ? error.message : 'The flow could not be loaded.' });
    }
  }, [session, id, send, loadConnections]);

  useEffect(() => {
    void open();
  }, [open]);

  const save = async () => {
    const { definition, connectionReferences } = unload(store.getState());
    setNote('Saving…');
    try {
      await api.save(session, id, { definition, connectionReferences });
      const saved = await api.flow(session, id);
      send(act.saved(saved.properties.connectionReferences));
      setNote('Your flow is ready to go.');
    } catch (error) {
      setNote(error instanceof Error ? `Not saved. ${error.message}` : 'Not saved.');
    }
  };

  if (state === 'loading') return <p className="loading" role="status">Loading the flow…</p>;
  if (state !== 'ready') {
    return (
      <div className="message" role="alert">
        <p>{state.refused}</p>
        <button type="button" onClick={() => void open()}>
          Try again
        </button>
      </div>
    );
  }
  return (
    <div className="fl-V3DesignerPage">
      <Commands back={() => go(`/environments/${session.environment.name}/flows/${id}/details`)} save={() => void save()} />
      {note !== '' && (
        <div className="note" role="status">
          {note}
          <button type="button" className="quiet" aria-label="Dismiss" onClick={() => setNote('')}>
            <Sign of="close" />
          </button>
        </div>
      )}
      <ReactFlowProvider>
        <div className="stage">
          <div className="canvas">
            <Canvas />
            <Controls />
          </div>
          <Panels load={() => void loadConnections()} />
        </div>
      </ReactFlowProvider>
    </div>
  );
};

const Commands = ({ back, save }: { back: () => void; save: () => void }) => {
  const send = useAct();
  const name = useDesigner((state) => state.workflow.displayName);
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
        <Sign of="back" />
      </button>
      <h1>{name}</h1>
      <span className="spring" />
      <button type="button" aria-label="Undo" disabled={past === 0} onClick={() => send(act.undo())}>
        <Sign of="undo" /> Undo
      </button>
      <button type="button" aria-label="Redo" disabled={future === 0} onClick={() => send(act.redo())}>
        <Sign of="redo" /> Redo
      </button>
      <button type="button" disabled>
        Flow checker
      </button>
      <button type="button" disabled>
        Test
      </button>
      <button type="button" className="primary" aria-label="Save" disabled={!isDirty} onClick={save}>
        Save
      </button>
    </div>
  );
};
