/** Files that a destination fetches by itself, by links that need no key and do not last. */
export interface PublicFiles {
  link(blob: { sha256: string; contentType: string }): string;
  /** Whether anyone who stands at that address can fetch them: not from elsewhere where our own address is a private one. */
  areReachableFrom(baseUrl: string): Promise<boolean>;
  /** Where the links lead. */
  readonly base: string;
}
