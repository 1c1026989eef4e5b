import { z } from 'zod';
import { readOrigins } from './allowed-origins.js';
import { Secret } from './secret.js';
import { readSecretsKeys } from './secrets-key.js';

// Forms of settings: what a variable must look like, with the message for one that does not.

export const integer = (min: number, max: number, fallback: number) => {
  const error = `Give a whole number from ${min} to ${max}.`;
  return z
    .string()
    .regex(/^\d{1,15}$/, { error })
    .transform(Number)
    .pipe(z.number().min(min, { error }).max(max, { error }))
    .default(fallback);
};
export const milliseconds = (fallback: number) => integer(1, 3_600_000, fallback);
export const onOff = (fallback: boolean) =>
  z
    .enum(['1', 'true', '0', 'false'], { error: 'Give 1 or true, 0 or false.' })
    .transform(word => word === '1' || word === 'true')
    .default(fallback);
export const url = (...protocols: string[]) =>
  z.string().refine(text => protocols.includes(URL.parse(text)?.protocol.slice(0, -1) ?? ''), {
    error: `Give a URL that begins with ${protocols.map(protocol => `${protocol}://`).join(' or ')}.`,
  });
export const origins = z
  .string()
  .default('')
  .refine(text => readOrigins(text) !== null, {
    error: 'Give origins such as https://portal.example, separated by commas: no paths and no wildcards.',
  })
  .transform(text => readOrigins(text)!);
export const secret = <T extends z.ZodType<string>>(schema: T) =>
  schema
    .transform(text => new Secret(text))
    .nullable()
    .default(null);
// A space is allowed inside, but HTTP removes it at the ends.
export const printable = z.string().regex(/^(?! )[^\p{C}\p{Zl}\p{Zp}]{16,}(?<! )$/u, {
  error: 'Give 16 or more printable characters, without a space at either end.',
});
export const secretsKeys = z.string().refine(text => readSecretsKeys(text) !== null, {
  error: 'Give 32 bytes in base64, or several different keys as id:base64, separated by commas.',
});
