import { useState } from 'react';
import * as api from '../api';
import { Waffle } from '../icons';
import { go } from '../route';
import type { Session } from '../shapes';

/** The bar above everything, with the practice portal's own picker. */
export const Top = ({ session, changed }: { session: Session; changed: (session: Session) => void }) => {
  const pick = async (name: string) => {
    const next = await api.pickScenario(name);
    const start = new URL(next.start);
    // Another host, or pages that were changed as they are served, need a load; all else is done in place.
    if (start.hostname !== location.hostname || next.without.join() !== session.without.join()) {
      location.assign(start.hostname === location.hostname ? start.pathname + start.search : start);
      return;
    }
    changed(next);
    go(start.pathname + start.search);
  };
  const { displayName } = session.user;
  const initials = displayName.split(' ').map((word) => word[0]).join('');
  const groups = [...new Set(session.scenarios.map(({ group }) => group))];
  const host = location.hostname;
  const name = host.endsWith('.sharepoint.com') ? 'SharePoint' : host === session.hosts.apps ? 'Power Apps' : 'Power Automate';
  return (
    <header className={`top ${name.replace(' ', '-').toLowerCase()}`}>
      <Waffle />
      <b>{name}</b>
      <label className="mark" title={session.scenarios.find(({ name }) => name === session.scenario)?.description}>
        Practice portal
        <select aria-label="Scenario" value={session.scenario} onChange={({ target }) => void pick(target.value)}>
          {groups.map((group) => (
            <optgroup key={group} label={group}>
              {session.scenarios
                .filter((scenario) => scenario.group === group)
                .map(({ name, title }) => (
                  <option key={name} value={name}>
                    {title}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      </label>
      <span className="spring" />
      <Environments session={session} />
      <span className="avatar" role="img" aria-label={displayName}>
        {initials}
      </span>
    </header>
  );
};

/** Loads its list when it is opened. */
const Environments = ({ session }: { session: Session }) => {
  const [list, setList] = useState<Awaited<ReturnType<typeof api.environments>>>([]);
  return (
    <details className="environment" onToggle={({ currentTarget }) => currentTarget.open && void api.environments(session).then(setList)}>
      <summary>
        Environment
        <b>{session.environment.displayName}</b>
      </summary>
      <ul>
        {list.map(({ name, properties }) => (
          <li key={name}>
            <a href={`/environments/${name}/flows`}>{properties.displayName}</a>
          </li>
        ))}
      </ul>
    </details>
  );
};
