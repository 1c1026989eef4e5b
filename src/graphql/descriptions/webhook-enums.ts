import type { Descriptions } from './describe.js';

/** States of webhooks. */
export const webhookEnumDescriptions: Descriptions = {
  WebhookDisabledReason: {
    '': 'Why a webhook was disabled.',
    PERSON: 'A person called `disableWebhook`.',
    FAILING: 'An event could not be sent for too long (`WEBHOOK_DISABLE_AFTER_MS`).',
    GONE: 'The address answered 410.',
  },
  WebhookStatus: {
    '': 'Whether a webhook works.',
    ACTIVE: 'Events are sent.',
    FAILING: 'The last attempt for a project failed. The event is sent again at `nextAttemptAt`.',
    DISABLED: 'Nothing is sent before `enableWebhook`.',
  },
};
