import { useEffect, useRef, useState } from 'react';
import * as api from '../api';
import type { Connection, Session } from '../shapes';

/** The window that asks for an account when a connection is made. */
export const SignIn = ({ session, connector, done, cancel }: { session: Session; connector: string; done: (row: Connection) => void; cancel: () => void }) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const [account, setAccount] = useState(session.user.mail);
  const [trouble, setTrouble] = useState('');
  useEffect(() => dialog.current?.showModal(), []);
  const add = () => {
    api.addConnection(session, connector, account).then(done, (error: Error) => setTrouble(error.message));
  };
  return (
    <dialog ref={dialog} aria-label="Sign in" onCancel={cancel}>
      <h2>Pick an account</h2>
      <p>{connector.split('/').at(-1)}</p>
      {session.accounts.map((known) => (
        <label key={known} className="account">
          <input type="radio" name="account" checked={known === account} onChange={() => setAccount(known)} /> {known}
        </label>
      ))}
      {trouble !== '' && <p role="alert">{trouble}</p>}
      <p>
        <button type="button" className="primary" onClick={add}>
          Sign in
        </button>{' '}
        <button type="button" className="plain" onClick={cancel}>
          Cancel
        </button>
      </p>
    </dialog>
  );
};
