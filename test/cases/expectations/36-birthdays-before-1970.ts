import { expect } from 'vitest';
import type { Expectation } from '../expectation.js';

export default {
  check({ arrived, infoset }) {
    const [born] = infoset.account.all('contacts');
    const found = [...arrived.intercom.workspace.contacts.values()].find(each => each.external_id?.endsWith(`:${born!.id}`))!;
    expect(Object.values(found.custom_attributes)).toContain(Date.parse('1955-03-12T00:00:00Z') / 1000);
    expect(Object.values(arrived.conversation(703601).custom_attributes)).toContain('1968-05-06');
  },
} satisfies Expectation;
