/** Files that a destination downloads, by links that need no key and expire. */
export interface PublicFiles {
  link(blob: { sha256: string; contentType: string }): string;
  /** Whether the system at that address can download them. It cannot if it is elsewhere and our address is private. */
  areReachableFrom(baseUrl: string): Promise<boolean>;
  /** Base address of the links. */
  readonly base: string;
}
