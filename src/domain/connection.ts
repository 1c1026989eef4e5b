export const connectionSides = ['SOURCE', 'SANDBOX', 'DESTINATION'] as const;
export type ConnectionSide = (typeof connectionSides)[number];
export const connectionStatuses = ['UNTESTED', 'OK', 'FAILED'] as const;
export type ConnectionStatus = (typeof connectionStatuses)[number];

/** Access to one platform, without the secret. */
export interface Connection {
  projectId: string;
  side: ConnectionSide;
  baseUrl: string;
  options: Record<string, unknown>;
  status: ConnectionStatus;
  detail: string | null;
  checkedAt: Date | null;
  workspaceName: string | null;
}
