/** What can be set before or while it runs. */
export interface IntercomSettings {
  token: string;
  /** Calls a window, for the app and for the workspace it works in; null: no limit, and no header that tells one. */
  limits: { app: number; workspace: number; windowMs: number } | null;
  /** How long a new or changed object is unknown to searches. */
  searchLagMs: number;
  /** Paths that begin so are refused, as where the app lacks a scope or the workspace a plan. */
  forbidden: string[];
  /** Names the workspace has no HTML in replies for: markup is shown as text. */
  plainReplies: boolean;
  /** Elements that it drops from replies without a word; their text stays. */
  droppedElements: string[];
  /** Files that are larger are refused; no limit is documented. */
  largestFile: number;
  /** Images of articles that are larger are refused, in bytes. */
  largestImage: number;
  /** Names of files that are refused. */
  refusedFiles: RegExp | null;
  /** Requests that are larger are broken off before they are whole; null: none. */
  largestRequest: number | null;
  /** References are added to those that are there, instead of replacing them; the documentation says neither. */
  addsReferences: boolean;
  latencyMs: number;
  /**
   * Answers as recordings of the API have them where its description differs: a company by its company_id alone, not in a
   * list; the companies of a contact in `data`, not in `companies`.
   */
  asRecorded: boolean;
}

export const usualSettings: IntercomSettings = {
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
