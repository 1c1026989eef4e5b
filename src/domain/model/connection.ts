export const connectionSides = ['SOURCE', 'SANDBOX', 'DESTINATION'] as const;
export type ConnectionSide = (typeof connectionSides)[number];
export const connectionStatuses = ['UNTESTED', 'OK', 'FAILED'] as const;
export type ConnectionStatus = (typeof connectionStatuses)[number];

/** Hosts of a source: the address of the connection, and the hosts that texts link to, with their subdomains. */
export const sourceHosts = ({ baseUrl }: Pick<Connection, 'baseUrl'>) => [...new Set([new URL(baseUrl).hostname, 'infoset.app'])];

/** Access to one platform, without the secret. */
export interface Connection {
  /** Of the row; it stays when the connection is set again. */
  id: string;
  projectId: string;
  side: ConnectionSide;
  baseUrl: string;
  options: Record<string, unknown>;
  status: ConnectionStatus;
  detail: string | null;
  checkedAt: Date | null;
  /** Id of the account or workspace, as it was first found. */
  workspaceId: string | null;
  workspaceName: string | null;
  /** Permissions that the app lacked at the last test, by their names in Intercom. */
  missingPermissions: string[];
}
