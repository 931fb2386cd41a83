import { ReactFlowProvider } from '@xyflow/react';
import { useCallback, useEffect, useState } from 'react';
import * as api from '../api';
import { Icon } from '../icons';
import { beside, go, type Route } from '../route';
import type { Flow, LogicalReference, Run, Session } from '../shapes';
import { load, tables, unload } from '../state/load';
import { act, store, useAct } from '../state/store';
import { Canvas } from './Canvas';
import { Commands } from './Commands';
import { Controls } from './Controls';
import { blank, suggested } from './drafts';
import { Panels } from './Panels';
import { RunOf } from './run';

/** A solution's references have no connection in the flow: Dataverse has it. */
const resolved = async (session: Session, flow: Flow): Promise<LogicalReference[]> => {
  const names = Object.values(flow.properties.connectionReferences).flatMap(({ connectionReferenceLogicalName: name }) => name ?? []);
  return names.length > 0 ? api.logicalReferences(session, names) : [];
};

/** The new designer with one flow: to edit, to look at, or as it ran. Without an id: a flow that isn't saved yet. */
export const Designer = ({ session, route }: { session: Session; route: Route }) => {
  const send = useAct();
  const { flow: id, run: runId, isCopilot } = route;
  const [phase, setPhase] = useState<'loading' | 'ready' | { refused: string }>('loading');
  const [isReadOnly, setReadOnly] = useState(route.isReadOnly);
  const [run, setRun] = useState<Run | null>(null);
  const [note, setNote] = useState('');

  const loadConnections = useCallback(async () => {
    // A list that came empty may be that of a service just woken up: it is asked for again.
    const { state, rows } = store.getState().picker;
    if (state === 'loading' || (state === 'ready' && rows.length > 0)) return;
    send(act.picker({ rows: [], state: 'loading' }));
    try {
      // A flow without an id has no list of its own.
      send(act.picker({ rows: id === '' ? await api.ownConnections(session) : await api.connections(session, id), state: 'ready' }));
    } catch {
      send(act.picker({ rows: [], state: 'failed' }));
    }
  }, [session, id, send]);

  const open = useCallback(async () => {
    setPhase('loading');
    try {
      const flow = id !== '' ? await api.flow(session, id, !runId) : isCopilot ? suggested(await api.ownConnections(session)) : blank();
      const rows = await resolved(session, flow);
      send(act.opened(load(flow)));
      if (flow.properties.userType === 'User') setReadOnly(true);
      if (runId) setRun(await api.run(session, id, runId));
      setPhase('ready');
      // As in the real designer, the tables of connections come a moment after the nodes.
      setTimeout(() => send(act.bound(tables(flow, rows))), 50);
      if (!session.lazyConnections) void loadConnections();
    } catch (error) {
      setPhase({ refused: error instanceof Error ? error.message : 'The flow could not be loaded.' });
    }
  }, [session, id, runId, isCopilot, send, loadConnections]);

  useEffect(() => {
    void open();
  }, [open]);

  const to = beside(route);
  const failed = (error: unknown) => setNote(error instanceof Error ? `Not saved. ${error.message}` : 'Not saved.');
  const save = async () => {
    const { displayName } = store.getState().workflow;
    const { definition, connectionReferences } = unload(store.getState());
    setNote('Saving…');
    try {
      if (id === '') {
        const made = await api.create(session, { displayName, definition, connectionReferences });
        go(to.designer(made.name), 'replace');
        return;
      }
      await api.save(session, id, { definition, connectionReferences });
      const saved = await api.flow(session, id, true);
      send(act.saved(saved.properties.connectionReferences));
      setNote(session.drafts ? 'Your draft is saved.' : 'Your flow is ready to go.');
    } catch (error) {
      failed(error);
    }
  };
  const publish = async () => {
    setNote('Publishing…');
    try {
      await api.publish(session, id);
      setNote('Your flow is published.');
    } catch (error) {
      failed(error);
    }
  };

  if (phase === 'loading') return <p className="loading" role="status">Loading the flow…</p>;
  if (phase !== 'ready') {
    return (
      <div className="message" role="alert">
        <p>{phase.refused}</p>
        <button type="button" onClick={() => void open()}>
          Try again
        </button>
      </div>
    );
  }
  return (
    <div className="fl-V3DesignerPage">
      <Commands
        back={() => go(id === '' ? to.list : to.details(id))}
        save={isReadOnly ? null : () => void save()}
        publish={session.drafts && id !== '' && !isReadOnly ? () => void publish() : null}
        classic={id === '' ? null : () => go(to.classic(id))}
      />
      {isReadOnly && !run && <p className="read-only">You can look at this flow, but not change it.</p>}
      {run && (
        <p className="read-only">
          Run of {run.properties.startTime.replace('T', ' ').replace('Z', '')}: {run.properties.status}
        </p>
      )}
      {note !== '' && (
        <div className="note" role="status">
          {note}
          <button type="button" className="quiet" aria-label="Dismiss" onClick={() => setNote('')}>
            <Icon name="close" />
          </button>
        </div>
      )}
      <RunOf value={{ run, isReadOnly }}>
        <ReactFlowProvider>
          <div className="stage">
            <div className="canvas">
              <Canvas />
              <Controls />
            </div>
            <Panels session={session} load={() => void loadConnections()} />
          </div>
        </ReactFlowProvider>
      </RunOf>
    </div>
  );
};
