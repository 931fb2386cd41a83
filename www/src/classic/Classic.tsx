import { useCallback, useEffect, useState } from 'react';
import * as api from '../api';
import { Icon } from '../icons';
import { beside, go, type Route } from '../route';
import { load, tables, unload } from '../state/load';
import type { Connection, Session } from '../shapes';
import { SignIn } from '../pages/SignIn';
import { useClassic } from './state';
import { Cards } from './Cards';
import './classic.css';

/** The classic designer: cards under one another, no canvas, and no store that others could find. */
export const Classic = ({ session, route }: { session: Session; route: Route }) => {
  const id = route.flow;
  const { state, open, edit, saved } = useClassic();
  const [phase, setPhase] = useState<'loading' | 'ready' | { refused: string }>('loading');
  const [isReadOnly, setReadOnly] = useState(route.isReadOnly);
  const [rows, setRows] = useState<Connection[]>([]);
  const [note, setNote] = useState('');
  const [asked, setAsked] = useState<string | null>(null);

  const begin = useCallback(async () => {
    setPhase('loading');
    try {
      const flow = await api.flow(session, id);
      open({ ...load(flow), connections: tables(flow) });
      if (flow.properties.userType === 'User') setReadOnly(true);
      setPhase('ready');
      api.connections(session, id).then(setRows, () => setRows([]));
    } catch (error) {
      setPhase({ refused: error instanceof Error ? error.message : 'The flow could not be loaded.' });
    }
  }, [session, id, open]);
  useEffect(() => void begin(), [begin]);

  const save = async () => {
    setNote('Saving…');
    try {
      const answer = await api.save(session, id, { displayName: state.workflow.displayName, ...unload(state) });
      saved(answer.properties.connectionReferences);
      setNote('Your flow is ready to go. We recommend you test it.');
    } catch (error) {
      setNote(error instanceof Error ? `Not saved. ${error.message}` : 'Not saved.');
    }
  };

  if (phase === 'loading') return <p className="loading" role="status">Loading the flow…</p>;
  if (phase !== 'ready') return <p className="message" role="alert">{phase.refused}</p>;
  const to = beside(route);
  const isSaveable = state.workflow.isDirty && !isReadOnly;
  return (
    <div className="classic">
      <div className="commands" role="toolbar" aria-label="Designer">
        <button type="button" aria-label="Back" onClick={() => go(to.details(id))}>
          <Icon name="back" />
        </button>
        <h1>{state.workflow.displayName}</h1>
        <span className="spring" />
        <button type="button" className="primary" aria-label="Save" disabled={!isSaveable} onClick={() => void save()}>
          Save
        </button>
        <button type="button" disabled>
          <Icon name="check" /> Flow checker
        </button>
        <button type="button" onClick={() => go(to.designer(id))}>
          New designer
        </button>
      </div>
      {note !== '' && (
        <div className="note" role="status">
          {note}
          <button type="button" className="quiet" aria-label="Dismiss" onClick={() => setNote('')}>
            <Icon name="close" />
          </button>
        </div>
      )}
      <div className="classic-stage">
        <Cards graph="root" state={state} rows={rows} edit={isReadOnly ? null : edit} addConnection={setAsked} />
        {!isReadOnly && (
          <p className="classic-end">
            <button type="button" className="plain" onClick={() => edit({ kind: 'add', what: { graph: 'root', after: state.workflow.graphs.root?.at(-1) ?? null, mine: undefined } })}>
              <Icon name="add" /> New step
            </button>{' '}
            <button type="button" className="plain" disabled={!isSaveable} onClick={() => void save()}>
              Save
            </button>
          </p>
        )}
      </div>
      {asked !== null && (
        <SignIn
          session={session}
          connector={state.operations.operationInfo[asked]?.connectorId ?? ''}
          cancel={() => setAsked(null)}
          done={(row) => {
            setRows([...rows, row]);
            edit({ kind: 'rebind', what: { node: asked, row } });
            setAsked(null);
          }}
        />
      )}
    </div>
  );
};
