import { afterEach, beforeEach, expect } from 'vitest';
import { type IntercomSimulator, startIntercomSimulator } from '../../src/simulators/intercom/intercom-simulator.js';
import { OpenApi } from './openapi.js';

// Intercom's own description of the API 2.16, where it lies.
const description = process.env.INTERCOM_OPENAPI ? new OpenApi(process.env.INTERCOM_OPENAPI) : null;
if (!description)
  console.warn('NOT TESTED: requests and answers against the OpenAPI description. Name the file in INTERCOM_OPENAPI.');

// biome-ignore lint/suspicious/noExplicitAny: an answer is whatever the test asked for.
export type Answer = { status: number; body: any; headers: Headers };

/** A workspace for each test. */
export let intercom: IntercomSimulator;
beforeEach(async () => {
  intercom = await startIntercomSimulator({ limits: null });
});
afterEach(() => intercom.close());

/** Calls it as any client does; holds question and answer against the description, where there is one. */
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
  const answer = { status: response.status, body: text ? JSON.parse(text) : null, headers: response.headers };
  // By company_id the description has a list, its prose and others' recordings one company; of custom objects its own examples
  // hold numbers where it has texts alone.
  if (description && response.status === 200 && !/^\/(companies\?|custom_object)/.test(path))
    expect(description.problems(method, path.split('?')[0]!, body, 200, answer.body)).toEqual([]);
  return answer;
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
