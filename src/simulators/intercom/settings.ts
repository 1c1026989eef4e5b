/** Settings, which can also be changed while the simulator runs. */
export interface IntercomSettings {
  token: string;
  /** Calls per window, for the app and for its workspace; null for no limit and no rate limit headers. */
  limits: { app: number; workspace: number; windowMs: number } | null;
  /** Delay until searches find a new or changed object. */
  searchLagMs: number;
  /** Refused beginnings of paths, as if the app lacked a scope or the workspace a plan. */
  forbidden: string[];
  /** Whether replies are plain text, which shows markup as text. */
  plainReplies: boolean;
  /** Elements that are silently removed from replies. Their text stays. */
  droppedElements: string[];
  /** Larger files are refused, in bytes. No limit is documented. */
  largestFile: number;
  /** Larger images of articles are refused, in bytes. */
  largestImage: number;
  /** Names of files that are refused. */
  refusedFiles: RegExp | null;
  /** The connection of a larger request is closed, in bytes; null for no limit. */
  largestRequest: number | null;
  /** Whether references are added to the existing ones instead of replacing them. The documentation does not say. */
  addsReferences: boolean;
  latencyMs: number;
  /**
   * Whether answers follow recordings of the API instead of its description, where they differ: a company by its company_id as
   * an object, not in a list; the companies of a contact in `data`, not in `companies`.
   */
  asRecorded: boolean;
}

export const defaultSettings: IntercomSettings = {
  token: 'dG9rOmludGVyY29tLXNpbXVsYXRvcg==',
  limits: { app: 1_666, workspace: 4_166, windowMs: 10_000 },
  searchLagMs: 0,
  forbidden: [],
  plainReplies: false,
  droppedElements: [],
  largestFile: 20 * 1024 * 1024,
  largestImage: 20 * 1024 * 1024,
  refusedFiles: null,
  largestRequest: null,
  addsReferences: false,
  latencyMs: 0,
  asRecorded: false,
};
