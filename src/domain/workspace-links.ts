import type { Connection } from './connection.js';
import type { DestinationType } from './crosswalk.js';

/** Where people see what is in a workspace: its page in the web application of its region. */
export type LinkTo = (type: DestinationType, id: string) => string | null;

/** Each region has an application of its own beside its API. */
const applications: Record<string, string> = { US: 'app.intercom.com', EU: 'app.eu.intercom.com', AU: 'app.au.intercom.com' };
const regionsOfApis: Record<string, string> = { 'api.eu.intercom.io': 'EU', 'api.au.intercom.io': 'AU' };

const paths: Partial<Record<DestinationType, (workspace: string, id: string) => string>> = {
  CONVERSATION: (workspace, id) => `a/inbox/${workspace}/inbox/conversation/${id}`,
  CONTACT: (workspace, id) => `a/apps/${workspace}/users/${id}`,
  COMPANY: (workspace, id) => `a/apps/${workspace}/companies/${id}`,
};

/** @returns addresses by type and id; null for types that have no page, and where the workspace is not known */
export function linksInto(connection: Pick<Connection, 'baseUrl' | 'options' | 'workspaceId'> | null): LinkTo {
  const workspace = connection?.workspaceId;
  if (!workspace) return () => null;
  const region = String(connection.options.region ?? regionsOfApis[new URL(connection.baseUrl).host] ?? 'US').toUpperCase();
  const application = applications[region] ?? applications.US;
  return (type, id) => {
    const path = paths[type]?.(encodeURIComponent(workspace), encodeURIComponent(id));
    return path ? `https://${application}/${path}` : null;
  };
}
