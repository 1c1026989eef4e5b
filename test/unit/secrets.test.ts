import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { inspect } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { loadConfig } from '../../src/config.js';
import { LandfallError } from '../../src/domain/errors.js';
import { Secret } from '../../src/domain/secret.js';
import { createLog } from '../../src/log.js';
import { keptSecretsKey, SecretBox } from '../../src/tenancy/secret-box.js';

const key = () => new Secret(Buffer.alloc(32, 7).toString('base64'));

test('a secret shows itself to reveal alone', () => {
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

test('what is sealed opens with the same key at the same place only', () => {
  const box = new SecretBox(key());
  const sealed = box.seal(new Secret('hunter2 şifre'), 'a');
  expect(sealed).not.toContain('hunter2');
  expect(box.seal(new Secret('hunter2 şifre'), 'a')).not.toBe(sealed);
  expect(box.open(sealed, 'a').reveal()).toBe('hunter2 şifre');
  expect(() => box.open(sealed, 'b')).toThrow();
  expect(() => box.open(`${sealed.slice(0, -2)}AA`, 'a')).toThrow();
  expect(() => new SecretBox(new Secret(Buffer.alloc(32, 8).toString('base64'))).open(sealed, 'a')).toThrow();
});

test('of several starts one makes the kept key, closed to others, and all read the same', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'secrets-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const keys = await Promise.all(Array.from({ length: 8 }, () => keptSecretsKey(directory)));
  expect(new Set(keys.map(each => each.reveal())).size).toBe(1);
  expect(Buffer.from(keys[0]!.reveal(), 'base64')).toHaveLength(32);
  expect(readdirSync(directory)).toEqual(['secrets.key']);
  expect(statSync(join(directory, 'secrets.key')).mode & 0o777).toBe(0o600);
});
