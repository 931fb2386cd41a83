import { useEffect, useRef, useState } from 'react';
import { title } from '../designer/looks';
import { Health, Icon } from '../icons';
import type { Has } from './Cards';

/** A card's "…": what can be done with it, and at the bottom the connections it may run on. */
export const Menu = ({ id, state, rows, edit, addConnection, rename, peek }: Has & { id: string; rename: () => void; peek: () => void }) => {
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const name = title(state, id);
  useEffect(() => {
    if (!isOpen) return;
    const away = ({ target }: Event) => !box.current?.contains(target as Node) && setOpen(false);
    const escape = ({ key }: KeyboardEvent) => key === 'Escape' && setOpen(false);
    addEventListener('pointerdown', away);
    addEventListener('keydown', escape);
    return () => {
      removeEventListener('pointerdown', away);
      removeEventListener('keydown', escape);
    };
  }, [isOpen]);
  const key = state.connections.connectionsMapping[id];
  const reference = key ? state.connections.connectionReferences[key] : undefined;
  const mine = key === undefined ? [] : rows.filter((row) => row.properties.apiId === state.operations.operationInfo[id]?.connectorId);
  const act = (deed: () => void) => () => {
    setOpen(false);
    deed();
  };
  return (
    <div className="msla-card-title-button-group" ref={box}>
      {key !== undefined && !reference?.connectionName && reference?.source !== 'Invoker' && (
        <span className="invalid" role="img" aria-label="Invalid connection">
          <Icon name="warning" />
        </span>
      )}
      <button type="button" className="quiet" aria-label={`Menu for ${name}`} aria-haspopup="menu" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <Icon name="more" />
      </button>
      {isOpen && (
        <ul className="ms-ContextualMenu-list" role="menu" aria-label={`Menu for ${name}`}>
          <Item label="Peek code" act={act(peek)} />
          {edit && <Item label="Rename" act={act(rename)} />}
          {edit && <Item label="Delete" act={act(() => edit({ kind: 'remove', what: { node: id } }))} />}
          {key !== undefined && (
            <li role="presentation">
              <b className="menu-header">My connections</b>
              <ul role="group" aria-label="My connections">
                {mine.map((row) => {
                  const status = row.properties.statuses?.[0]?.status ?? 'Unknown';
                  return (
                    <li key={row.name} role="presentation">
                      <button type="button" className="ms-ContextualMenu-link" role="menuitemradio" aria-checked={row.name === reference?.connectionName} disabled={!edit} onClick={act(() => edit?.({ kind: 'rebind', what: { node: id, row } }))}>
                        <span className="tick">{row.name === reference?.connectionName && <Icon name="check" />}</span>
                        {row.properties.displayName}
                        {status !== 'Connected' && <Health works={false} label={status} />}
                      </button>
                    </li>
                  );
                })}
                {edit && <Item label="Add new connection" act={act(() => addConnection(id))} />}
              </ul>
            </li>
          )}
        </ul>
      )}
    </div>
  );
};

const Item = ({ label, act }: { label: string; act: () => void }) => (
  <li role="presentation">
    <button type="button" className="ms-ContextualMenu-link" role="menuitem" onClick={act}>
      <span className="tick" />
      {label}
    </button>
  </li>
);
