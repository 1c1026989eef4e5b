import type { Constraint, ConstraintCode } from './constraint.js';
import { type DiscoveryFacts, numberOfRecords } from './facts.js';

/** What the plans of both sides do not allow. */
export function planConstraints(facts: DiscoveryFacts): Constraint[] {
  const { plan } = facts.discovery;
  const { active, limits } = facts;
  const mailAccounts = numberOfRecords(facts, 'MAIL_ACCOUNT');
  const chatWidgets = numberOfRecords(facts, 'CHAT_WIDGET');
  return [
    ...overSourcePlan('MAIL_ACCOUNTS_OVER_PLAN', 'mail accounts', mailAccounts, plan.mailAccountLimit),
    ...overIntercomPlan('MAIL_ACCOUNTS_OVER_PLAN', 'inboxes', active?.mailAccounts ?? mailAccounts, limits.inboxes),
    ...overSourcePlan('CHAT_WIDGETS_OVER_PLAN', 'chat widgets', chatWidgets, plan.chatWidgetLimit),
    ...overIntercomPlan('CHAT_WIDGETS_OVER_PLAN', 'widgets', active?.chatWidgets ?? chatWidgets, limits.widgets),
    ...seats(facts),
    ...recordings(facts),
  ];
}

function overSourcePlan(code: ConstraintCode, things: string, count: number | null, limit: number | null): Constraint[] {
  if (count === null || limit === null || count <= limit) return [];
  return [
    {
      code,
      severity: 'INFO',
      message: `The source has ${count} ${things}; its plan allows ${limit}.`,
      recommendation: 'Decide which of them are still needed.',
    },
  ];
}

function overIntercomPlan(
  code: ConstraintCode,
  option: 'inboxes' | 'widgets',
  count: number | null,
  limit: number | null,
): Constraint[] {
  if (count === null || limit === null || count <= limit) return [];
  const things = option === 'inboxes' ? 'mail accounts' : 'chat widgets';
  return [
    {
      code,
      severity: 'WARNING',
      message: `${count} ${things} are active at the source; the plan of Intercom allows ${limit} ${option}.`,
      recommendation: 'Merge them, or extend the plan of Intercom.',
    },
  ];
}

function seats(facts: DiscoveryFacts): Constraint[] {
  const agents = facts.active?.agents ?? numberOfRecords(facts, 'AGENT');
  if (agents === null || agents === 0) return [];
  const { seats } = facts.limits;
  if (seats === null) {
    return [
      {
        code: 'SEATS',
        severity: 'INFO',
        message: `${agents} agents need a seat each. The seats of the plan of Intercom are unknown.`,
        recommendation: 'Set `seats` in the options of the connection.',
      },
    ];
  }
  const isOver = agents > seats;
  return [
    {
      code: 'SEATS',
      severity: isOver ? 'WARNING' : 'INFO',
      message: `${agents} agents need a seat each; the plan of Intercom has ${seats}.`,
      recommendation: isOver ? 'Buy more seats, or use the placeholder for agents that have left.' : null,
    },
  ];
}

function recordings({ discovery }: DiscoveryFacts): Constraint[] {
  if (discovery.plan.recordingDownload !== false) return [];
  return [
    {
      code: 'RECORDINGS_NOT_DOWNLOADABLE',
      severity: 'WARNING',
      message: 'The plan of the source does not allow downloads of recordings.',
      recommendation: 'Extend the plan of the source before the extraction, or leave the recordings out.',
    },
  ];
}
