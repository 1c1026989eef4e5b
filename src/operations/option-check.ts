import { z } from 'zod';
import { type InputCheck, isStorable } from './input-check.js';

/** A text that says something. */
export const text = (most = 200) =>
  z
    .string('Give a text.')
    .max(most, `Give at most ${most} characters.`)
    .refine(value => value.trim() !== '', 'Give a text that is not empty.')
    .refine(isStorable, 'Leave out NUL and unpaired surrogates.');

export const count = (least = 0, most = 1_000_000) => {
  const message = `Give a whole number from ${least} to ${most}.`;
  return z.number(message).refine(value => Number.isInteger(value) && value >= least && value <= most, message);
};

export const flag = z.boolean('Give true or false.');

export const oneOf = <const T extends readonly [string, ...string[]]>(...values: T) =>
  z.enum(values, `Use ${values.join(' or ')}.`);

/** Tells options that are unknown, of the wrong kind or out of range: one that is silently ignored would be a trap. */
export function checkOptions(check: InputCheck, options: Record<string, unknown> | null | undefined, known: z.ZodObject): void {
  const found = known.safeParse(options ?? {});
  for (const issue of found.error?.issues ?? []) {
    const path = ['options', ...issue.path.map(String)];
    if (issue.code !== 'unrecognized_keys') check.add(path, issue.message);
    else
      for (const key of issue.keys)
        check.add(
          [...path, key],
          issue.path.length > 0
            ? 'Leave it out: nothing is called so.'
            : `Leave it out, or use one of ${Object.keys(known.shape).join(', ')}.`,
        );
  }
}
