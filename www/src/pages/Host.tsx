import { Icon } from '../icons';
import type { Route } from '../route';
import type { Session } from '../shapes';

/** Another site with Power Automate in a frame: a SharePoint list, or a solution in Power Apps. */
export const Host = ({ session, route }: { session: Session; route: Route }) => {
  const { name } = session.environment;
  const isApps = location.hostname === session.hosts.apps;
  const isDetails = new URLSearchParams(location.search).get('show') === 'details';
  const manage = `https://${session.hosts.portal}${location.port ? `:${location.port}` : ''}/en-us/widgets/manage/environments/${name}`;
  const flow = `${manage}${isApps ? `/solutions/${session.solution}` : ''}/flows/${route.flow}`;
  // How the frame learns that it may only be looked at isn't known: a parameter stands in for it.
  const widget = isDetails ? `${flow}/details?widgetType=flowDetails` : `${flow}?widgetType=flowEdit&v3=true${route.isReadOnly ? '&readonly=true' : ''}`;
  return (
    <main className="host">
      <div className="commands" role="toolbar" aria-label={isApps ? 'Solution' : 'List'}>
        {isApps ? (
          <>
            <Icon name="back" /> <b>Solutions / Case management / Cloud flows</b>
          </>
        ) : (
          <>
            <Icon name="add" /> <b>New</b> <span>Share</span> <span>Integrate</span> <b>Automate</b>
          </>
        )}
      </div>
      {!isApps && <h1>Invoices</h1>}
      <iframe title="Power Automate" src={widget} />
    </main>
  );
};
