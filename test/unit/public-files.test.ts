import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { Secret } from '../../src/domain/model/secret.js';
import { isPrivateHost } from '../../src/http/private-hosts.js';
import { isValidLink } from '../../src/operations/download-links.js';
import { publicFiles } from '../../src/operations/public-files.js';
import { SecretBox } from '../../src/tenancy/secret-box.js';

const secretBox = new SecretBox(new Secret(randomBytes(32).toString('base64')));

test.each([
  ['http://127.0.0.1:4000', 'https://93.184.216.34', false],
  ['http://localhost:4000', 'https://93.184.216.34', false],
  ['http://[::1]:4000', 'https://93.184.216.34', false],
  ['http://192.168.0.7:4000', 'http://127.0.0.1:9', true],
  ['https://93.184.216.34', 'https://93.184.216.34', true],
])('images at %s are reachable from %s: %s', async (base, destination, expected) => {
  const files = publicFiles({ publicUrl: () => base, secretBox }, isPrivateHost);
  expect(await files.areReachableFrom(destination)).toBe(expected);
});

test('a link to an image is valid for that image only, until it expires', () => {
  const files = publicFiles({ publicUrl: () => 'https://landfall.example', secretBox }, isPrivateHost);
  const url = new URL(files.link({ sha256: 'a'.repeat(64), contentType: 'image/svg+xml' }));
  expect(url.pathname).toBe(`/images/${'a'.repeat(64)}.svg`);
  const [expires, signature] = ['expires', 'signature'].map(name => url.searchParams.get(name)!) as [string, string];
  const target = { kind: 'images' as const, id: `${'a'.repeat(64)}.svg`, organizationId: '' };
  expect(isValidLink({ secretBox }, target, expires, signature)).toBe(true);
  expect(isValidLink({ secretBox }, { ...target, id: `${'b'.repeat(64)}.svg` }, expires, signature)).toBe(false);
  expect(isValidLink({ secretBox }, { ...target, kind: 'recordings' }, expires, signature)).toBe(false);
  expect(isValidLink({ secretBox }, target, String(Number(expires) + 1), signature)).toBe(false);
  const past = String(Date.now() - 1);
  expect(
    isValidLink({ secretBox }, target, past, secretBox.sign(JSON.stringify(['download', 'images', target.id, '', past]))),
  ).toBe(false);
});
