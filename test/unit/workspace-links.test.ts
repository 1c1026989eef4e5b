import { expect, test } from 'vitest';
import { linksInto } from '../../src/domain/text/workspace-links.js';

test('links lead into the application of the region', () => {
  const link = (baseUrl: string, options: Record<string, unknown> = {}, workspaceId: string | null = 'ab12') =>
    linksInto({ baseUrl, options, workspaceId })('CONVERSATION', '7');
  expect(link('https://api.intercom.io')).toBe('https://app.intercom.com/a/inbox/ab12/inbox/conversation/7');
  expect(link('https://api.eu.intercom.io')).toBe('https://app.eu.intercom.com/a/inbox/ab12/inbox/conversation/7');
  expect(link('https://api.au.intercom.io/')).toBe('https://app.au.intercom.com/a/inbox/ab12/inbox/conversation/7');
  // With another address the option decides.
  expect(link('http://127.0.0.1:9', { region: 'eu' })).toContain('https://app.eu.intercom.com/');
  expect(link('http://127.0.0.1:9')).toContain('https://app.intercom.com/');
  expect(link('https://api.intercom.io', {}, null)).toBeNull();
  const into = linksInto({ baseUrl: 'https://api.intercom.io', options: {}, workspaceId: 'ab12' });
  expect(into('CONTACT', '24hex')).toBe('https://app.intercom.com/a/apps/ab12/users/24hex');
  expect(into('COMPANY', 'c/1')).toBe('https://app.intercom.com/a/apps/ab12/companies/c%2F1');
  expect(into('TAG', '1')).toBeNull();
  expect(linksInto(null)('CONTACT', '1')).toBeNull();
});
