// One store for the whole portal, as the real designer has it: it outlives flows and is filled anew for each.
import { configureStore, createAction, createNextState as produce } from '@reduxjs/toolkit';

import { useDispatch, useSelector } from 'react-redux';
import type { Connection } from '../shapes';
import { applied, type Edit } from './edit';
import { type Edited, empty, type State } from './model';

export const act = {
  opened: createAction<State>('workflow/initialize'),
  bound: createAction<State['connections']>('connections/initializeConnectionReferences'),
  saved: createAction<State['workflow']['savedReferences']>('workflow/setIsWorkflowSaved'),
  showNode: createAction<string>('workflow/collapseGraphsToShowNode'),
  focusNode: createAction<string>('workflow/setFocusNode'),
  toggle: createAction<string>('workflow/toggleCollapsedGraphId'),
  selectNode: createAction<string>('panel/changePanelNode'),
  panel: createAction<State['panel']>('panel/setPanel'),
  picker: createAction<{ rows: Connection[]; state: State['picker']['state'] }>('picker/set'),
  edit: createAction<Edit>('edit'),
  undo: createAction('history/undo'),
  redo: createAction('history/redo'),
};

const MOST_STEPS = 100;
const edited = ({ connections, workflow, operations }: State): Edited => ({ connections, workflow, operations });

/** What encloses a node, innermost first. */
export const around = ({ nodesMetadata }: State['workflow'], node: string) => {
  const graphs: string[] = [];
  for (let at = nodesMetadata[node]?.graphId; at && at !== 'root' && graphs.length < 100; at = nodesMetadata[at]?.graphId) graphs.push(at);
  return graphs;
};

const change = (draft: State, action: { type: string; payload?: unknown }) => {
  if (act.bound.match(action)) draft.connections = action.payload;
  else if (act.saved.match(action)) {
    draft.workflow.isDirty = false;
    draft.workflow.savedReferences = action.payload;
  } else if (act.showNode.match(action)) {
    for (const graph of around(draft.workflow, action.payload)) delete draft.workflow.collapsedGraphIds[graph];
  } else if (act.focusNode.match(action)) draft.workflow.focus = { id: action.payload, times: (draft.workflow.focus?.times ?? 0) + 1 };
  else if (act.toggle.match(action)) {
    if (draft.workflow.collapsedGraphIds[action.payload]) delete draft.workflow.collapsedGraphIds[action.payload];
    else draft.workflow.collapsedGraphIds[action.payload] = true;
  } else if (act.selectNode.match(action)) draft.panel = { selected: action.payload, mode: 'details' };
  else if (act.panel.match(action)) draft.panel = action.payload;
  else if (act.picker.match(action)) draft.picker = action.payload;
};

const reducer = (state: State = empty, action: { type: string; payload?: unknown }): State => {
  if (act.opened.match(action)) return action.payload;
  const { past, future } = state.history;
  if (act.edit.match(action)) {
    const next = applied(state, action.payload);
    return { ...next, history: { past: [...past, edited(state)].slice(-MOST_STEPS), future: [] } };
  }
  const before = past.at(-1);
  if (act.undo.match(action)) return before ? { ...state, ...before, history: { past: past.slice(0, -1), future: [...future, edited(state)] } } : state;
  const after = future.at(-1);
  if (act.redo.match(action)) return after ? { ...state, ...after, history: { past: [...past, edited(state)], future: future.slice(0, -1) } } : state;
  return produce(state, (draft) => change(draft, action));
};

export const store = configureStore({ reducer, middleware: (standard) => standard({ serializableCheck: false, immutableCheck: false }) });

export const useAct = useDispatch.withTypes<typeof store.dispatch>();
export const useDesigner = useSelector.withTypes<State>();
