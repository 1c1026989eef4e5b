import type { RecordType } from '../model/record-type.js';
import { type DiscoveryFacts, type FirstPass, type MeasuredRun, numberOfRecords, type ReadingFacts } from './facts.js';
import { messagesOf, recordsIn } from './volume.js';

export interface Estimate {
  apiCalls: number;
  callsPerMinute: number;
  secondsP50: number;
  secondsP90: number;
}

/** Calls that one record costs at the destination: found or written, linked, and read back. Measured in a load of a small account. */
export const loadCalls: Readonly<Partial<Record<RecordType, number>>> = {
  TAG: 1,
  COMPANY: 3,
  CONTACT: 3,
  DEAL: 8,
  CATEGORY: 4,
  ARTICLE: 3,
  // Attributes, tag, assignment, state, and one read.
  TICKET: 5,
  // Read back with its conversation.
  MESSAGE: 1,
  CALL: 1,
};

/** What is assumed until an extraction has read the tickets. */
const assumed = { emailsPerMessage: 0.5, filesPerMessage: 0.1 };
const recordsPerPage = 100;

/** The source reports no limit. It is read with five calls in flight. */
const sourceCallsPerMinute = 600;
/** What Intercom documents for one app, until its headers say otherwise. */
export const documentedCallsPerMinute = 10_000;
/** The share of a limit that a load reaches. */
const reachedShare = 0.8;
/** How much longer it takes with a probability of 10 %: for a measured and for an assumed rate. */
const spread = { measured: 1.3, assumed: 2 };
/** A shorter run has measured its start only. */
const minMeasuredCalls = 200;
const maxInt = 2 ** 31 - 1;

/** One of both platforms. */
export interface Side {
  calls: number;
  perMinute: number;
  spread: number;
}

/** Extraction and load of the whole account. */
export function estimateOf(facts: DiscoveryFacts): Estimate {
  const sides = Object.values(sidesOf(facts));
  const calls = sides.reduce((sum, side) => sum + side.calls, 0);
  const seconds = (of: (side: Side) => number) =>
    Math.ceil(sides.reduce((sum, side) => sum + (side.calls / side.perMinute) * 60 * of(side), 0));
  const p50 = seconds(() => 1);
  return {
    apiCalls: Math.min(calls, maxInt),
    callsPerMinute: Math.max(1, Math.round(calls / (p50 / 60 || 1))),
    secondsP50: Math.min(p50, maxInt),
    secondsP90: Math.min(
      seconds(side => side.spread),
      maxInt,
    ),
  };
}

export const sidesOf = (facts: DiscoveryFacts): { extraction: Side; load: Side } => ({
  extraction: extractionOf(facts),
  load: loadOf(facts),
});

/** How long the extraction takes with a probability of 90 %. */
export function extractionSecondsP90(facts: ReadingFacts): number {
  const { calls, perMinute, spread } = extractionOf(facts);
  return Math.ceil((calls / perMinute) * 60 * spread);
}

function extractionOf(facts: ReadingFacts): Side {
  const number = (type: RecordType) => numberOfRecords(facts, type) ?? 0;
  const tickets = number('TICKET');
  const messages = messagesOf(facts);
  const emails = facts.emails ?? messages * assumed.emailsPerMessage;
  const files = numberOfRecords(facts, 'ATTACHMENT') ?? messages * assumed.filesPerMessage;
  const recordings =
    facts.discovery.plan.recordingDownload === false ? 0 : (numberOfRecords(facts, 'RECORDING') ?? number('CALL'));
  const pages = facts.discovery.resources
    .filter(({ available }) => available)
    // One more call counts the listing again.
    .reduce((sum, { count }) => sum + Math.max(1, Math.ceil((count ?? 0) / recordsPerPage)) + 1, 0);
  // The logs of each ticket, and its SLA breaches.
  const children = 2 * tickets + Math.floor(messages / recordsPerPage);
  const calls = Math.ceil(pages + children + emails + files + recordings + number('REPORT'));
  return sideOf(
    perRecord(facts.firstPass.extraction, recordsIn(facts)) ?? calls,
    sourceCallsPerMinute,
    facts.measured.extraction,
  );
}

function loadOf(facts: DiscoveryFacts): Side {
  const types = Object.entries(loadCalls) as [RecordType, number][];
  const counts = types.map(([type, calls]) => {
    const records = type === 'MESSAGE' ? messagesOf(facts) : (numberOfRecords(facts, type) ?? 0);
    return { records, calls: records * calls };
  });
  const total = (of: 'records' | 'calls') => counts.reduce((sum, each) => sum + each[of], 0);
  const limit = facts.callLimitPerMinute ?? documentedCallsPerMinute;
  const calls = perRecord(facts.firstPass.load, total('records')) ?? Math.ceil(total('calls'));
  return sideOf(calls, limit * reachedShare, facts.measured.load);
}

/** Calls for so many records at the rate of the first pass; null if it says nothing. */
const perRecord = (pass: FirstPass | null, records: number) =>
  pass && pass.apiCalls >= minMeasuredCalls && pass.records > 0 ? Math.ceil((pass.apiCalls / pass.records) * records) : null;

function sideOf(calls: number, stated: number, measured: MeasuredRun | null): Side {
  return measured && measured.apiCalls >= minMeasuredCalls && measured.seconds > 0
    ? { calls, perMinute: (measured.apiCalls / measured.seconds) * 60, spread: spread.measured }
    : { calls, perMinute: stated, spread: spread.assumed };
}
