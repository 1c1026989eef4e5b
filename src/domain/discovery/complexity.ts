import type { Discovery } from '../model/discovery.js';
import { constraintsOf } from './constraints.js';
import { estimateOf, extractionSecondsP90 } from './estimate.js';
import { type DiscoveryFacts, numberOfRecords } from './facts.js';
import { scopedIndividually, volumeOf } from './volume.js';

export const grades = ['A', 'B', 'C', 'D'] as const;
export type Grade = (typeof grades)[number];

export interface ComplexityFactor {
  name: string;
  grade: Grade;
  reason: string;
}

export interface Complexity {
  grade: Grade;
  factors: ComplexityFactor[];
}

/** How hard a migration is. The grade is the mean of its factors, at most one better than the worst of them. */
export function complexityOf(facts: DiscoveryFacts): Complexity {
  const factors = [objectCompatibility(facts), fieldMapping(facts), timeline(facts), apiConstraints(facts), volume(facts)];
  const points = factors.map(({ grade }) => grades.indexOf(grade));
  const mean = Math.round(points.reduce((sum, each) => sum + each, 0) / points.length);
  return { grade: grades[Math.max(mean, Math.max(...points) - 1)]!, factors };
}

/** The grade of a number: A up to the first bound, B up to the second, C up to the third, D above. */
const graded = (value: number, bounds: readonly [number, number, number]): Grade =>
  grades[bounds.filter(bound => value > bound).length]!;

/** What becomes no object of Intercom is set up again by hand. */
function objectCompatibility(facts: DiscoveryFacts): ComplexityFactor {
  const number = (type: 'AUTOMATION' | 'CHAT_WIDGET' | 'MAIL_ACCOUNT' | 'DEAL') => numberOfRecords(facts, type) ?? 0;
  const byHand = number('AUTOMATION') + number('CHAT_WIDGET') + number('MAIL_ACCOUNT');
  const deals = number('DEAL');
  const grade = graded(byHand, [5, 30, 150]);
  return {
    name: 'OBJECT_COMPATIBILITY',
    grade: deals > 0 && grade === 'A' ? 'B' : grade,
    reason: `${byHand} automations, chat widgets and mail accounts are set up again by hand; ${deals} deals need a custom object type.`,
  };
}

/** A field is clear if it has a target or a reason, and the proposal was sure. */
function fieldMapping({ fields }: DiscoveryFacts): ComplexityFactor {
  const name = 'FIELD_MAPPING';
  if (!fields || fields.length === 0) return { name, grade: 'C', reason: 'No mapping was proposed yet.' };
  const undecided = fields.filter(({ action }) => action === 'UNDECIDED').length;
  const unsure = fields.filter(({ action, confidence }) => action !== 'UNDECIDED' && confidence < 0.5).length;
  const lossy = fields.filter(({ action, losses }) => action !== 'IGNORE' && losses.length > 0).length;
  const share = (undecided + unsure / 2 + lossy / 4) / fields.length;
  return {
    name,
    grade: graded(share, [0.03, 0.1, 0.25]),
    reason: `Of ${fields.length} fields, ${undecided} are undecided, ${unsure} are proposed with a confidence below 0.5, and ${lossy} lose a part of a value.`,
  };
}

const daySeconds = 86_400;

/** The time until the source deletes chats, and the duration of the migration. */
function timeline(facts: DiscoveryFacts): ComplexityFactor {
  const name = 'TIMELINE';
  const { secondsP90 } = estimateOf(facts);
  const duration = `Extraction and load take up to ${hours(secondsP90)}.`;
  const byDuration = graded(secondsP90 / daySeconds, [1, 3, 10]);
  const { retention } = facts.discovery;
  // Chats that are staged are safe.
  if (facts.read || retention.daysRemaining === null || !retention.atRisk) return { name, grade: byDuration, reason: duration };
  const spare = retention.daysRemaining - extractionSecondsP90(facts) / daySeconds;
  const byDeadline = graded(-spare, [-14, -3, 0]);
  return {
    name,
    grade: worse(byDuration, byDeadline),
    reason: `${duration} ${chats(retention)}`,
  };
}

const chats = ({ atRisk, daysRemaining }: Discovery['retention']) =>
  `The source deletes chats of ${atRisk} tickets, the first in ${daysRemaining} days.`;

const worse = (a: Grade, b: Grade): Grade => (a > b ? a : b);

const hours = (seconds: number) => (seconds < 3_600 ? 'one hour' : `${Math.ceil(seconds / 3_600)} hours`);

/** Listings that the source refuses, and limits that are exceeded. */
function apiConstraints(facts: DiscoveryFacts): ComplexityFactor {
  const refused = facts.discovery.resources.filter(({ available }) => !available);
  const core = refused.filter(({ recordType }) => recordType === 'TICKET' || recordType === 'CONTACT');
  const codes = new Set(
    constraintsOf(facts)
      .filter(({ severity }) => severity !== 'INFO')
      .map(({ code }) => code),
  );
  const limits = (
    ['ATTRIBUTE_LIMIT', 'MAIL_ACCOUNTS_OVER_PLAN', 'CHAT_WIDGETS_OVER_PLAN', 'RECORDINGS_NOT_DOWNLOADABLE'] as const
  ).filter(code => codes.has(code));
  const names = [...refused.map(({ resource }) => resource), ...limits];
  return {
    name: 'API_CONSTRAINTS',
    grade: core.length > 0 ? 'D' : graded(names.length, [0, 2, 5]),
    reason:
      names.length === 0
        ? 'The source refuses no listing, and no limit is exceeded.'
        : `Refused listings and exceeded limits: ${names.join(', ')}.`,
  };
}

function volume(facts: DiscoveryFacts): ComplexityFactor {
  const { counted, assumed } = volumeOf(facts);
  const messages = assumed === 0 ? '' : `, and about ${assumed} messages, which the extraction counts`;
  const individually = counted + assumed > scopedIndividually ? ' It is scoped individually.' : '';
  return {
    name: 'VOLUME',
    grade: graded(counted + assumed, [25_000, 250_000, scopedIndividually]),
    reason: `The account has ${counted} records${messages}.${individually}`,
  };
}
