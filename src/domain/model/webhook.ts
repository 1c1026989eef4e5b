export const webhookStatuses = ['ACTIVE', 'FAILING', 'DISABLED'] as const;
export type WebhookStatus = (typeof webhookStatuses)[number];

export const webhookDisabledReasons = ['PERSON', 'FAILING', 'GONE'] as const;
export type WebhookDisabledReason = (typeof webhookDisabledReasons)[number];

/** An address that gets the events of projects. */
export interface Webhook {
  id: string;
  organizationId: string;
  /** Null: all projects of the organization and of those below it. */
  projectId: string | null;
  url: string;
  description: string | null;
  /** Empty: all types. */
  eventTypes: string[];
  previousSecretUntil: Date | null;
  createdAt: Date;
  createdBy: string;
  disabledAt: Date | null;
  disabledReason: WebhookDisabledReason | null;
  lastAttemptAt: Date | null;
  lastSuccessAt: Date | null;
  /** HTTP status of the last attempt; null if there was no answer. */
  lastStatus: number | null;
  /** Why the last attempt failed; null if it succeeded. */
  lastError: string | null;
  /** Of all projects, the first failure since the last success. */
  failingSince: Date | null;
  /** When a failed event is sent again; null if none has failed. */
  nextAttemptAt: Date | null;
  /** Events that were not sent yet, including those that the filter leaves out. */
  undelivered: number;
}

export const webhookStatus = ({ disabledAt, failingSince }: Webhook): WebhookStatus =>
  disabledAt ? 'DISABLED' : failingSince ? 'FAILING' : 'ACTIVE';

/** Most webhooks of an organization. */
export const maxWebhooks = 20;

/** The longest wait between two attempts. */
const maxRetryMs = 4 * 3_600_000;
const growth = 4;

/**
 * The wait after a number of failed attempts, in milliseconds: four times as long each time, at most four hours, and up to 20 %
 * shorter or longer, so that the receivers of an outage are not called at the same moment.
 */
export function webhookRetryMs(failures: number, firstMs: number, random: () => number = Math.random): number {
  const exponent = Math.min(failures - 1, 30);
  return Math.round(Math.min(maxRetryMs, firstMs * growth ** exponent) * (0.8 + random() * 0.4));
}
