import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { inspect } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { loadConfig } from '../../src/config.js';
import { LandfallError } from '../../src/domain/model/errors.js';
import { Secret } from '../../src/domain/model/secret.js';
import { createLog } from '../../src/log.js';
import { SecretBox, storedSecretsKey } from '../../src/tenancy/secret-box.js';

const key = () => new Secret(Buffer.alloc(32, 7).toString('base64'));

test('only `reveal` returns a secret', () => {
  const secret = new Secret('hunter2');
  expect(secret.reveal()).toBe('hunter2');
  for (const shown of [
    `${secret}`,
    JSON.stringify({ secret }),
    inspect({ secret }, { showHidden: true }),
    String([secret]),
    Object.values(secret).join(),
  ]) {
    expect(shown).not.toContain('hunter2');
  }
});

test('a log line shows neither a secret nor what a database error carries', () => {
  let written = '';
  const sink = new Writable({
    write(chunk, _encoding, done) {
      written += chunk;
      done();
    },
  });
  const log = createLog(loadConfig({}, {}), sink);
  const error = Object.assign(new Error('duplicate key'), {
    code: '23505',
    query: 'INSERT hunter2',
    parameters: ['hunter2'],
    secret: 'hunter2',
  });
  log.warn({ secret: new Secret('hunter2'), nested: { deep: [new Secret('hunter2')] }, err: error }, 'message');
  log.error({ err: new LandfallError('NOT_FOUND', 'outer', { cause: error }) }, 'with its cause');
  expect(written).toContain('[redacted]');
  expect(written).toContain('23505');
  expect(written).toContain('duplicate key');
  expect(written).not.toContain('hunter2');
});

test('an encrypted text is decrypted only with the same key and for the same place', () => {
  const box = new SecretBox(key());
  const sealed = box.seal(new Secret('hunter2 şifre'), 'a');
  expect(sealed).not.toContain('hunter2');
  expect(box.seal(new Secret('hunter2 şifre'), 'a')).not.toBe(sealed);
  expect(box.open(sealed, 'a').reveal()).toBe('hunter2 şifre');
  expect(() => box.open(sealed, 'b')).toThrow();
  expect(() => box.open(`${sealed.slice(0, -2)}AA`, 'a')).toThrow();
  expect(() => new SecretBox(new Secret(Buffer.alloc(32, 8).toString('base64'))).open(sealed, 'a')).toThrow();
});

test('several starts create one key file, closed to other users, and read the same key', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'secrets-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const keys = await Promise.all(Array.from({ length: 8 }, () => storedSecretsKey(directory)));
  expect(new Set(keys.map(each => each.reveal())).size).toBe(1);
  expect(Buffer.from(keys[0]!.reveal(), 'base64')).toHaveLength(32);
  expect(readdirSync(directory)).toEqual(['secrets.key']);
  expect(statSync(join(directory, 'secrets.key')).mode & 0o777).toBe(0o600);
});

test('several keys: the first encrypts and is named, all decrypt and verify; a changed name does not matter', () => {
  const [old, next] = [Buffer.alloc(32, 1).toString('base64'), Buffer.alloc(32, 2).toString('base64')];
  const before = new SecretBox(new Secret(old));
  const both = new SecretBox(new Secret(`n-2:${next}, o:${old}`));
  const sealed = before.seal(new Secret('hunter2'), 'a');
  expect(sealed).toMatch(/^v2\.[0-9a-f]{12}\./);
  expect(both.open(sealed, 'a').reveal()).toBe('hunter2');
  expect(both.seal(new Secret('hunter2'), 'a')).toMatch(/^v2\.n-2\./);
  expect(() => before.open(both.seal(new Secret('hunter2'), 'a'), 'a')).toThrow(/n-2/);
  expect(both.isSigned('text', before.sign('text'))).toBe(true);
  expect(both.isSigned('text', both.sign('text'))).toBe(true);
  expect(before.isSigned('text', both.sign('text'))).toBe(false);
  for (const odd of ['', 'v1.', 'v2.o.', 'v2.o.AAAA', 'v3.x', '.'.repeat(99)])
    expect(() => both.open(odd, 'a')).toThrow(/SECRETS_KEY/);
});

test('a list of keys is refused if one is invalid or listed twice', () => {
  const [a, b] = [Buffer.alloc(32, 1).toString('base64'), Buffer.alloc(32, 2).toString('base64')];
  const given = (SECRETS_KEY: string) => () => loadConfig({}, { SECRETS_KEY }).secretsKey!.reveal();
  for (const good of [a, `x:${a}`, `${a},${b}`, `x:${a} , y:${b}`]) expect(given(good)()).toBe(good);
  for (const bad of [`${a},`, `${a},${a}`, `x:${a},${a}`, `x:${a},x:${b}`, `:${a}`, `x y:${a}`, 'x:short'])
    expect(given(bad)).toThrow(/SECRETS_KEY/);
});
