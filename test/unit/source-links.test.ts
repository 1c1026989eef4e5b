import { expect, test } from 'vitest';
import { SourceLinks, withoutSourceLinks } from '../../src/domain/text/source-links.js';

const hosts = ['api.infoset.app', 'infoset.app'];

test.each([
  ['Bkz. https://app.infoset.app/tickets/17.', 'Bkz. [tickets 17.]', []],
  ['HTTPS://API.INFOSET.APP:443/v1/files/5?x=1 ve /v1/files/6', '[files 5?x=1] ve [files 6]', ['5', '6']],
  ['//api.infoset.app/v1/files/a-b)', '[files a-b)]', ['a-b']],
  ['(https://infoset.app)', '([https: infoset.app])', []],
  ['infoset.app yazan https://infoset.app. Bitti', 'infoset.app yazan [https: infoset.app]. Bitti', []],
  ['https://o.example/?u=https://api.infoset.app/v1/files/5', 'https://o.example/?u=[files 5]', ['5']],
  // Not that of another account.
  ['https://infoset.app.example/v1/files/5', null, []],
  ['https://o.example/v1/files/5 x/v1/files/6 C:/v1', null, []],
  ['a // b /// c / d', null, []],
])('%s', (text, named, ids) => {
  expect(withoutSourceLinks(text, { hosts })).toBe(named ?? text);
  expect(new SourceLinks(hosts).isIn(text)).toBe(named !== null);
  expect(new SourceLinks(hosts).fileIdsIn(text)).toEqual(ids);
});
