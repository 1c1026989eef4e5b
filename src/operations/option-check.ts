import { z } from 'zod';
import { type InputCheck, isStorable } from './input-check.js';

/** A text that is not blank. */
export const text = (maxLength = 200) =>
  z
    .string('Give a text.')
    .max(maxLength, `Give at most ${maxLength} characters.`)
    .refine(value => value.trim() !== '', 'Give a text that is not empty.')
    .refine(isStorable, 'Leave out NUL and unpaired surrogates.');

export const count = (min = 0, max = 1_000_000) => {
  const message = `Give a whole number from ${min} to ${max}.`;
  return z.number(message).refine(value => Number.isInteger(value) && value >= min && value <= max, message);
};

export const flag = z.boolean('Give true or false.');

export const oneOf = <const T extends readonly [string, ...string[]]>(...values: T) =>
  z.enum(values, `Use ${values.join(' or ')}.`);

/** Reports options that are unknown, of the wrong type or out of range. None is ignored silently. @param field of the input */
export function checkOptions(check: InputCheck, options: Record<string, unknown>, known: z.ZodObject, field: string): void {
  const found = known.safeParse(options);
  for (const issue of found.error?.issues ?? []) {
    const path = [field, ...issue.path.map(String)];
    if (issue.code !== 'unrecognized_keys') check.add(path, issue.message);
    else
      for (const key of issue.keys)
        check.add(
          [...path, key],
          issue.path.length > 0
            ? 'Remove it: no option has this name.'
            : `Remove it, or use one of ${Object.keys(known.shape).join(', ')}.`,
        );
  }
}
