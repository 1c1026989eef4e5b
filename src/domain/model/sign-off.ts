/** The approval of a SANDBOX run by a person. PRODUCTION is bound to it. */
export interface SignOff {
  id: string;
  projectId: string;
  runId: string;
  /** Of the mapping that the run was pinned to. */
  mappingHash: string;
  /** Of what the run read back. */
  sampleDigest: string;
  signedBy: string;
  signedAt: Date;
  note: string | null;
}

/** STALE: the mapping or the sample has changed since. */
export const signOffStates = ['MISSING', 'STALE', 'VALID'] as const;
export type SignOffState = (typeof signOffStates)[number];

/**
 * Later extractions, deltas and a rollback of either environment leave it valid; another mapping or a newer SANDBOX run does not.
 * @param now the hash of the confirmed mapping, and the newest SANDBOX run
 */
export function signOffState(
  signOff: SignOff | null,
  now: { mappingHash: string | null; sandboxRunId: string | null },
): SignOffState {
  if (!signOff) return 'MISSING';
  return signOff.mappingHash === now.mappingHash && signOff.runId === now.sandboxRunId ? 'VALID' : 'STALE';
}
