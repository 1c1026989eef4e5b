import { globSync, readFileSync } from 'node:fs';
import { parseSync } from '@swc/core';
import { expect, test } from 'vitest';

// The checker in JavaScript: the others are programs for some platforms only.
process.env.RECHECK_BACKEND = 'pure';
const { checkSync } = await import('recheck');

/** Patterns that are not linear, or that the checker can't judge, and why they can do no harm. */
const exceptions: Record<string, string> = {
  '/\\/+$/': 'An address that an operator gives, or a caller in a request of bounded size; no text of the source.',
  '/^bearer +(.+)$/i': 'A header: of bounded size, and without line breaks, which it would need.',
  '/^Bearer (.+)\\.(.+)$/': 'A header of a simulator.',
  '/\\/(\\d+|[0-9a-f]{24}|infoset:[^/]+|infoset%3A[^/]+)(?=\\/|$)/g': 'The path of a request to a simulator.',
  '/^_+|_+$/g': 'What it is applied to has no two of these signs in a row.',
  '/^(?! )[^\\p{C}\\p{Zl}\\p{Zp}]{16,}(?<! )$/u': 'The key in the configuration.',
};

/** Patterns that are built from texts: from a name, and from a mark that is random. */
const made = ['domain/text/streamed-text.ts', 'pipeline/provision/probe-deal-type.ts'];

const literals = new Map<string, string>();
const builders = new Set<string>();
for (const file of globSync('src/**/*.ts')) {
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, pattern, flags, callee } = node as Record<string, string> & { callee?: { value?: string } };
    if (type === 'RegExpLiteral') literals.set(`/${pattern}/${flags}`, file);
    if ((type === 'NewExpression' || type === 'CallExpression') && callee?.value === 'RegExp')
      builders.add(file.replace('src/', ''));
    for (const value of Object.values(node)) walk(value);
  };
  walk(parseSync(readFileSync(file, 'utf8'), { syntax: 'typescript', decorators: true, target: 'es2022' }));
}

function complexity(pattern: string, flags: string): string {
  const judged = checkSync(pattern, flags, { timeout: 300_000, randomSeed: 1 });
  return judged.status === 'vulnerable' ? judged.complexity.summary : judged.status;
}

test('every pattern takes linear time', { timeout: 900_000 }, () => {
  expect(literals.size).toBeGreaterThan(80);
  const unsafe = [...literals].flatMap(([literal, file]) => {
    if (literal in exceptions) return [];
    const end = literal.lastIndexOf('/');
    const found = complexity(literal.slice(1, end), literal.slice(end + 1));
    return found === 'safe' ? [] : [`${file} ${literal} ${found}`];
  });
  expect(unsafe).toEqual([]);
});

test('every exception has its pattern', () => {
  expect(Object.keys(exceptions).filter(each => !literals.has(each))).toEqual([]);
});

test('patterns are built from texts only in listed places', () => {
  expect([...builders].sort()).toEqual(made);
});
