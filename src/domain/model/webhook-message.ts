import { publicId } from './ids.js';
import type { ProjectEvent } from './project-event.js';

/** What is sent for an event. The id is the same in every attempt and every replay. */
export interface WebhookMessage {
  id: string;
  /** JSON. */
  body: string;
}

/** The message for an event of a project: the fields that `projectEvents` shows, and which project it is of. */
export function eventMessage(
  event: ProjectEvent,
  project: { organizationId: string; externalRef: string | null },
): WebhookMessage {
  const { projectId, seq, at, type, runId, message, data } = event;
  const body = {
    type,
    timestamp: at.toISOString(),
    data: {
      projectId: publicId('Project', projectId),
      externalRef: project.externalRef,
      organizationId: publicId('Organization', project.organizationId),
      seq,
      at: at.toISOString(),
      type,
      runId: runId && publicId('Run', runId),
      message,
      data,
    },
  };
  return { id: `evt_${projectId}_${seq}`, body: JSON.stringify(body) };
}

/** A message without an event, which shows that an address works. */
export function pingMessage(webhookId: string, attempt: string, at: Date): WebhookMessage {
  const body = { type: 'PING', timestamp: at.toISOString(), data: { webhookId: publicId('Webhook', webhookId) } };
  return { id: `ping_${attempt}`, body: JSON.stringify(body) };
}
