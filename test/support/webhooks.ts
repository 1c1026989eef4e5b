import { randomBytes } from 'node:crypto';
import { startServer } from '../../src/compose.js';
import { loadConfig } from '../../src/config.js';
import { createLog } from '../../src/log.js';
import { freshDatabase } from './database.js';
import { atEndOfFile } from './end-of-file.js';
import { until } from './processes.js';
import { Partner } from './server.js';
import type { Received } from './webhook-receiver.js';

const times = { LEASE_MS: '2000', WEBHOOK_TIMEOUT_MS: '1500', WEBHOOK_RETRY_MS: '40', WEBHOOK_DISABLE_AFTER_MS: '1500' };

export const webhookEnvironment = (database: { serverUrl: string; ownerUrl: string }) => ({
  PORT: '0',
  DATABASE_URL: database.serverUrl,
  DATABASE_OWNER_URL: database.ownerUrl,
  SECRETS_KEY: Buffer.alloc(32, 3).toString('base64'),
  BOOTSTRAP_API_KEY: 'a-key-of-the-webhook-tests',
  ALLOW_PRIVATE_HOSTS: '1',
  ...times,
});

/** Starts servers on one database, until the end of the test file. All of them send webhooks. @returns a partner of the first one */
export async function webhookServers(count: number): Promise<{ root: Partner; ownerUrl: string }> {
  const database = await freshDatabase('template_landfall', atEndOfFile);
  const environment = webhookEnvironment(database);
  const config = loadConfig({ logLevel: 'fatal' }, environment);
  const urls: string[] = [];
  for (let n = 0; n < count; n++) {
    const server = await startServer(config, createLog(config), () => {});
    atEndOfFile(async () => server[Symbol.asyncDispose]());
    urls.push(server.url);
  }
  return { root: new Partner(urls[0]!, environment.BOOTSTRAP_API_KEY), ownerUrl: database.ownerUrl };
}

export const webhookFields = `id url description eventTypes status disabledReason lastStatus lastError failingSince nextAttemptAt undelivered position
  previousSecretUntil organization { id } project { id }`;
export const createWebhook = async (partner: Partner, input: Record<string, unknown>) =>
  partner.mutate('createWebhook', 'CreateWebhookInput', input, `secret webhook { ${webhookFields} }`);
export const actOnWebhook = (partner: Partner, name: string, webhookId: string) =>
  partner.mutate(name, 'WebhookActionInput', { webhookId }, `webhook { ${webhookFields} }`);
export const webhookOf = async (partner: Partner, id: string) => {
  const { data, errors } = await partner.ask(`query ($id: ID!) { webhook(id: $id) { ${webhookFields} } }`, { id });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.webhook;
};
export const newProject = async (partner: Partner, name = 'Watched') =>
  (await partner.createProject({ name })).project.id as string;
const rename = (partner: Partner, projectId: string, name: string) =>
  partner.mutate('updateProject', 'UpdateProjectInput', { projectId, name }, 'project { id }');
/** Adds events to a project: each has another name. */
export const addEvents = async (partner: Partner, projectId: string, count: number) => {
  for (let n = 0; n < count; n++) await rename(partner, projectId, `name ${randomBytes(6).toString('hex')}`);
};
export const seqsOf = (received: readonly Received[], projectId?: string) =>
  received.filter(({ json }) => !projectId || json.data.projectId === projectId).map(({ json }) => json.data.seq as number);
export const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, index) => first + index);
export const delivered = (partner: Partner, id: string) =>
  until('all events to arrive', async () => (await webhookOf(partner, id)).undelivered === 0);
