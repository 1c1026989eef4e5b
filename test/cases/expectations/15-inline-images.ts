import { expect } from 'vitest';
import type { Expectation } from '../expectation.js';

export default {
  check({ arrived, infoset, issues }) {
    const [ticket] = infoset.account.all('tickets');
    const files = arrived.parts(ticket!.id).map(part => part.attachments.map(({ name }) => name));
    expect(files).toEqual([['image001.png'], ['image.png'], ['image.svg'], ['image.svg']]);
    for (const message of arrived.messages(ticket!.id)) expect(message).toMatch(/\[image[^\]]*\] son$/);
    expect(issues.filter(each => each.code === 'CONTENT_REMOVED')).toEqual([]);
  },
} satisfies Expectation;
