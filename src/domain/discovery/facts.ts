import type { FieldMappingAction, MappedType, MappingLoss } from '../mapping/field-mapping.js';
import type { Discovery } from '../model/discovery.js';
import type { RecordType } from '../model/record-type.js';

/** What a mapping says about one field, without its values. */
export interface FieldFacts {
  recordType: MappedType;
  action: FieldMappingAction;
  targetPath: string | null;
  confidence: number;
  losses: MappingLoss[];
}

/** What a run has measured: its calls, and how long it took. */
export interface MeasuredRun {
  apiCalls: number;
  seconds: number;
}

/** What reading or loading the account for the first time took, with the runs before it that did not end so. */
export interface FirstPass extends MeasuredRun {
  /** Records of the last of these runs. */
  records: number;
}

/** Everything stored that describes a project before it is loaded. */
export interface DiscoveryFacts {
  discovery: Discovery;
  /** Of the newest run that has read the source, by type; null before the first. */
  read: ReadonlyMap<RecordType, { source: number | null; staged: number }> | null;
  /** Mails with a body of their own; null before the first extraction. */
  emails: number | null;
  /** The newest mapping version; null before the first. */
  fields: readonly FieldFacts[] | null;
  agents: {
    /** Agents that were matched or answered for; 0 before a mapping was proposed. */
    known: number;
    /** Those of them without a teammate in the workspace. */
    open: number;
  };
  /** Active records of the source; null before the first extraction. */
  active: { agents: number; mailAccounts: number; chatWidgets: number; campaigns: string[] } | null;
  /** Languages of the articles and their translations; empty before the first extraction. */
  languages: readonly string[];
  /** Limits of the Intercom plan from the options of the connection. */
  limits: { inboxes: number | null; widgets: number | null; seats: number | null };
  dealsAs: 'CUSTOM_OBJECT' | 'CONTACT_ATTRIBUTES';
  /** Whether PROVISIONING has found the type `Deal`. */
  dealTypeFound: boolean;
  measured: { extraction: MeasuredRun | null; load: MeasuredRun | null };
  /** Null until a run has ended SUCCEEDED or INCOMPLETE. */
  firstPass: { extraction: FirstPass | null; load: FirstPass | null };
  /** What the workspace allows, from its headers; null before the first load. */
  callLimitPerMinute: number | null;
}

/** What the time of an extraction depends on. */
export type ReadingFacts = Pick<DiscoveryFacts, 'discovery' | 'read' | 'emails' | 'measured' | 'firstPass'>;

/** The number of records of a type: what was staged, before that what the source reported; null if neither is known. */
export function numberOfRecords(
  { discovery, read }: Pick<DiscoveryFacts, 'discovery' | 'read'>,
  type: RecordType,
): number | null {
  const staged = read?.get(type);
  if (staged) return Math.max(staged.staged, staged.source ?? 0);
  return discovery.counts.find(({ recordType }) => recordType === type)?.source ?? null;
}
