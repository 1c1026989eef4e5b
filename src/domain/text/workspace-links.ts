import type { Connection } from '../model/connection.js';
import type { DestinationType } from '../model/crosswalk.js';

/** Where people see what is in a workspace: its page in the web application of its region. */
export type LinkTo = (type: DestinationType, id: string) => string | null;

/** Each region has an API and an application of its own. */
export const regions: Record<string, { api: string; application: string }> = {
  US: { api: 'api.intercom.io', application: 'app.intercom.com' },
  EU: { api: 'api.eu.intercom.io', application: 'app.eu.intercom.com' },
  AU: { api: 'api.au.intercom.io', application: 'app.au.intercom.com' },
};

/** By the address of the API, else as the connection's option tells; null where neither does. */
export function regionOf(baseUrl: string, told: unknown): string | null {
  const { host } = new URL(baseUrl);
  return Object.keys(regions).find(each => regions[each]!.api === host) ?? (told ? String(told).toUpperCase() : null);
}

const paths: Partial<Record<DestinationType, (workspace: string, id: string) => string>> = {
  CONVERSATION: (workspace, id) => `a/inbox/${workspace}/inbox/conversation/${id}`,
  CONTACT: (workspace, id) => `a/apps/${workspace}/users/${id}`,
  COMPANY: (workspace, id) => `a/apps/${workspace}/companies/${id}`,
};

/** @returns addresses by type and id; null for types that have no page, and where the workspace is not known */
export function linksInto(connection: Pick<Connection, 'baseUrl' | 'options' | 'workspaceId'> | null): LinkTo {
  const workspace = connection?.workspaceId;
  if (!workspace) return () => null;
  const { application } = regions[regionOf(connection.baseUrl, connection.options.region) ?? 'US'] ?? regions.US!;
  return (type, id) => {
    const path = paths[type]?.(encodeURIComponent(workspace), encodeURIComponent(id));
    return path ? `https://${application}/${path}` : null;
  };
}
