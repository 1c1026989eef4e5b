export const connectionSides = ['SOURCE', 'SANDBOX', 'DESTINATION'] as const;
export type ConnectionSide = (typeof connectionSides)[number];
export const connectionStatuses = ['UNTESTED', 'OK', 'FAILED'] as const;
export type ConnectionStatus = (typeof connectionStatuses)[number];

/** Where a source is reached: by the connection's own address, and by those that texts are written with; subdomains too. */
export const sourceHosts = ({ baseUrl }: Pick<Connection, 'baseUrl'>) => [...new Set([new URL(baseUrl).hostname, 'infoset.app'])];

/** Access to one platform, without the secret. */
export interface Connection {
  projectId: string;
  side: ConnectionSide;
  baseUrl: string;
  options: Record<string, unknown>;
  status: ConnectionStatus;
  detail: string | null;
  checkedAt: Date | null;
  /** What the account or workspace calls itself; stays what it was first found to be. */
  workspaceId: string | null;
  workspaceName: string | null;
}
