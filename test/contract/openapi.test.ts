import { expect, inject, test } from 'vitest';
import type { Call, Reply } from '../../src/simulators/simulator-server.js';
import { violationsOf } from '../support/openapi-violations.js';

const file = inject('openApi');

const call = (method: string, path: string, body: object | null = null, agent = 'landfall'): Call => ({
  method,
  path: path.split('?')[0]!,
  query: new URLSearchParams(path.split('?')[1] ?? ''),
  headers: { 'user-agent': agent },
  body: body ? JSON.stringify(body) : '',
});
const violations = (asked: Call, reply: Reply) => violationsOf(file, { call: asked, reply });
const tag = { status: 200, body: { type: 'tag', id: '1', name: 'VIP' } };
const refused = { status: 400, body: { type: 'error.list', request_id: null, errors: [{ code: 'parameter_invalid' }] } };

// The check itself: a deviation from the description must not pass because a rule is missing.
if (file) {
  test('an exchange that matches the description passes', () => {
    expect(violations(call('POST', '/tags', { name: 'VIP' }), tag)).toEqual([]);
    expect(
      violations(call('GET', '/data_attributes?model=contact&include_archived=true'), {
        status: 200,
        body: { type: 'list', data: [] },
      }),
    ).toEqual([]);
  });

  test('enums, formats, types and required properties of answers', () => {
    const attributes = (more: object) => ({
      status: 200,
      body: { type: 'list', data: [{ type: 'data_attribute', name: 'x', ...more }] },
    });
    expect(violations(call('GET', '/data_attributes'), attributes({ data_type: 'datetime' }))).toEqual([
      'GET /data_attributes 200: answer/data/*/data_type is "datetime", none of string, integer, float, boolean, date',
    ]);
    expect(violations(call('GET', '/data_attributes'), attributes({ data_type: 'date', archived: 'no' }))).toHaveLength(1);
    expect(violations(call('GET', '/tags'), { status: 500, body: { type: 'error.list' } })).toEqual([
      "GET /tags 500: answer must have required property 'errors'",
    ]);
    expect(violations(call('GET', '/tags'), { status: 404, body: { ...refused.body, request_id: 'x' } })).toEqual([
      'GET /tags 404: answer/request_id must match format "uuid"',
    ]);
  });

  test('calls, queries and properties that are not described', () => {
    expect(violations(call('GET', '/deals'), { status: 200, body: {} })).toEqual(['GET /deals 200: request is not described']);
    expect(violations(call('GET', '/tags?page=2'), { status: 200, body: { type: 'list', data: [] } })).toEqual([
      'GET /tags 200: request?page is not described',
    ]);
    expect(violations(call('POST', '/tags', { name: 'VIP', colour: 'red' }), tag)).toEqual([
      'POST /tags 200: request/colour is not described',
    ]);
    expect(
      violations(call('GET', '/data_attributes?model=deal'), { status: 200, body: { type: 'list', data: [] } }),
    ).toHaveLength(1);
    expect(violations(call('POST', '/tags', { name: 'VIP' }), { status: 201, body: tag.body })).toHaveLength(1);
  });

  test('a refused request of Landfall is checked against the description, one of a test is not', () => {
    expect(violations(call('POST', '/tags', { name: 5 }), refused).length).toBeGreaterThan(0);
    expect(violations(call('POST', '/tags', { name: 5 }, 'a test'), refused)).toEqual([]);
    expect(violations(call('POST', '/tags', { name: 5 }, 'a test'), tag).length).toBeGreaterThan(0);
  });
}
