import type { Connection } from '../model/connection.js';
import type { DestinationType } from '../model/crosswalk.js';

/** Pages of the web application that show an object of a workspace. */
export type LinkTo = (type: DestinationType, id: string) => string | null;

/** Each region has its own API and its own application. */
export const regions: Record<string, { api: string; application: string }> = {
  US: { api: 'api.intercom.io', application: 'app.intercom.com' },
  EU: { api: 'api.eu.intercom.io', application: 'app.eu.intercom.com' },
  AU: { api: 'api.au.intercom.io', application: 'app.au.intercom.com' },
};

/** The region by the address of the API, or else by the connection's option; null if neither is known. */
export function regionOf(baseUrl: string, option: unknown): string | null {
  const { host } = new URL(baseUrl);
  return Object.keys(regions).find(each => regions[each]!.api === host) ?? (option ? String(option).toUpperCase() : null);
}

const paths: Partial<Record<DestinationType, (workspace: string, id: string) => string>> = {
  CONVERSATION: (workspace, id) => `a/inbox/${workspace}/inbox/conversation/${id}`,
  CONTACT: (workspace, id) => `a/apps/${workspace}/users/${id}`,
  COMPANY: (workspace, id) => `a/apps/${workspace}/companies/${id}`,
};

/** @returns addresses by type and id; null for types without a page, and if the workspace is unknown */
export function linksInto(connection: Pick<Connection, 'baseUrl' | 'options' | 'workspaceId'> | null): LinkTo {
  const workspace = connection?.workspaceId;
  if (!workspace) return () => null;
  const { application } = regions[regionOf(connection.baseUrl, connection.options.region) ?? 'US'] ?? regions.US!;
  return (type, id) => {
    const path = paths[type]?.(encodeURIComponent(workspace), encodeURIComponent(id));
    return path ? `https://${application}/${path}` : null;
  };
}
