import { Icon, type IconName } from '../icons';
import type { State } from '../state/model';
import { look } from './looks';

/** The coloured square of an operation. */
export const Look = ({ state, id }: { state: State; id: string }) => {
  const [colour, sign] = look(state, id);
  return (
    <span className="sign" style={{ background: colour }} aria-hidden="true">
      {sign.length === 1 ? sign : <Icon name={sign as IconName} />}
    </span>
  );
};
