import type { DiscoveryFacts } from '../../src/domain/discovery/facts.js';
import type { Discovery } from '../../src/domain/model/discovery.js';
import type { RecordType } from '../../src/domain/model/record-type.js';

/** A discovery that has counted these records. */
export const discovery = (counts: Partial<Record<RecordType, number | null>>, more: Partial<Discovery> = {}): Discovery => ({
  plan: { code: 'basic', chatHistoryRetentionDays: null, mailAccountLimit: null, chatWidgetLimit: null, recordingDownload: true },
  counts: Object.entries(counts).map(([recordType, source]) => ({ recordType: recordType as RecordType, source })),
  resources: [],
  retention: { windowDays: null, oldestChatAt: null, deadline: null, daysRemaining: null, atRisk: null, alreadyPurged: null },
  discoveredAt: '2026-01-01T00:00:00.000Z',
  ...more,
});

/** Facts about a project of 1,000 tickets without other known data. */
export const facts = (more: Partial<DiscoveryFacts> = {}): DiscoveryFacts => ({
  discovery: discovery({ TICKET: 1_000, CONTACT: 500, AGENT: 4, DEAL: 0, ARTICLE: 0 }),
  read: null,
  emails: null,
  fields: null,
  agents: { known: 0, open: 0 },
  active: null,
  languages: [],
  limits: { inboxes: null, widgets: null, seats: null },
  dealsAs: 'CUSTOM_OBJECT',
  dealTypeFound: false,
  measured: { extraction: null, load: null },
  firstPass: { extraction: null, load: null },
  callLimitPerMinute: null,
  ...more,
});

/** What an extraction has read. */
export const readOf = (counts: Partial<Record<RecordType, number>>): NonNullable<DiscoveryFacts['read']> =>
  new Map(Object.entries(counts).map(([type, staged]) => [type as RecordType, { source: null, staged }]));
