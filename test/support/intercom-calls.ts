import { afterEach, beforeEach } from 'vitest';
import { type IntercomSimulator, startIntercomSimulator } from '../../src/simulators/intercom/intercom-simulator.js';

// biome-ignore lint/suspicious/noExplicitAny: an answer has the fields that the test requested.
export type Answer = { status: number; body: any; headers: Headers };

/** A workspace for each test. */
export let intercom: IntercomSimulator;
beforeEach(async () => {
  intercom = await startIntercomSimulator({ limits: null });
});
afterEach(() => intercom.close());

/** Calls it as any client does. */
export async function call(method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(`${intercom.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${intercom.settings.token}`,
      accept: 'application/json',
      'content-type': 'application/json',
      'intercom-version': '2.16',
      ...headers,
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : null, headers: response.headers };
}
export const post = (path: string, body: object = {}) => call('POST', path, body);
export const get = (path: string) => call('GET', path);
export const codeOf = ({ status, body }: Answer) => `${status} ${body.errors?.[0]?.code}`;

export const user = async (id = 'infoset:71:9001', more: object = {}) =>
  (await post('/contacts', { role: 'user', external_id: id, ...more })).body;
export async function conversation(created_at = 1_700_000_000) {
  const contact = await user();
  const { body } = await post('/conversations', {
    from: { type: 'user', id: contact.id },
    body: 'Merhaba <b>dünya</b>',
    created_at,
  });
  return { contact, id: body.conversation_id as string, message: body };
}
export const admin = '7001';
export const note = (id: string, body: object = {}) =>
  post(`/conversations/${id}/reply`, {
    message_type: 'note',
    type: 'admin',
    admin_id: admin,
    body: '<p>x</p>',
    skip_notifications: true,
    ...body,
  });
