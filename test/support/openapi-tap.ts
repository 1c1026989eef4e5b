import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterAll, afterEach, expect, inject } from 'vitest';
import type { Call, Reply } from '../../src/simulators/simulator-server.js';

// Every exchange with every simulated workspace is compared with Intercom's description, if it is available.
const channel = 'landfall:simulators:intercom';
const file = inject('openApi');
if (file) {
  const { violationsOf } = await import('./openapi-violations.js');
  const violations = new Set<string>();
  const check = (message: unknown) => {
    try {
      for (const each of violationsOf(file, message as { call: Call; reply: Reply })) violations.add(each);
    } catch (error) {
      violations.add(`It could not be checked: ${(error as Error).stack}`);
    }
  };
  subscribe(channel, check);
  const expectNone = () => {
    const found = [...violations];
    violations.clear();
    expect(found, 'Requests and answers are as the OpenAPI description has them').toEqual([]);
  };
  afterEach(expectNone);
  afterAll(() => {
    // The process continues with the next file.
    unsubscribe(channel, check);
    expectNone();
  });
}
