import type * as api from '../api';

/** Another product that shows the portal in a frame, as Power Apps does for the flows of a solution. */
export const Host = ({ session, id }: { session: api.Session; id: string }) => (
  <main className="host">
    <p className="crumbs">Solutions › Contoso core › Cloud flows</p>
    <iframe
      title="Power Automate"
      src={`https://make.powerautomate.com:${location.port}/en-us/widgets/manage/environments/${session.environment.name}/flows/${id}?widgetType=flowEdit&v3=true`}
    />
  </main>
);
