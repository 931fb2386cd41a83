// The classic designer's state: the same shapes as the new one's, kept in the component alone.
import { createNextState as produce } from '@reduxjs/toolkit';
import { useCallback, useReducer } from 'react';
import { applied, type Edit } from '../state/edit';
import { empty, type State } from '../state/model';

type Step = { kind: 'open'; state: State } | { kind: 'edit'; edit: Edit } | { kind: 'saved'; references: State['workflow']['savedReferences'] };

const next = (state: State, step: Step): State => {
  switch (step.kind) {
    case 'open':
      return step.state;
    case 'edit':
      return applied(state, step.edit);
    case 'saved':
      return produce(state, (draft) => {
        draft.workflow.isDirty = false;
        draft.workflow.savedReferences = step.references;
      });
  }
};

export const useClassic = () => {
  const [state, send] = useReducer(next, empty);
  const open = useCallback((state: State) => send({ kind: 'open', state }), []);
  const edit = useCallback((edit: Edit) => send({ kind: 'edit', edit }), []);
  const saved = useCallback((references: State['workflow']['savedReferences']) => send({ kind: 'saved', references }), []);
  return { state, open, edit, saved };
};
