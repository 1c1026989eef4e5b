import { globSync, readFileSync } from 'node:fs';
import { parseSync } from '@swc/core';
import { expect, test } from 'vitest';
import { SourceLinks } from '../../src/domain/source-links.js';

// The checker in JavaScript: the others are programs for some platforms alone.
process.env.RECHECK_BACKEND = 'pure';
const { checkSync } = await import('recheck');

/** Patterns that are not linear, or that the checker can't judge, and why they can do no harm. */
const exceptions: Record<string, string> = {
  '/\\/+$/': 'An address that an operator gives, or a caller in a request of bounded size; no text of the source.',
  '/^bearer +(.+)$/i': 'A header: of bounded size, and without line breaks, which it would need.',
  '/^Bearer (.+)\\.(.+)$/': 'A header of a simulator.',
  '/^_+|_+$/g': 'What it is applied to has no two of these signs in a row.',
  '/^(?! )[^\\p{C}\\p{Zl}\\p{Zp}]{16,}(?<! )$/u': 'The key in the configuration.',
};

/** Where patterns are made of texts, each with what is tested below. */
const made = ['domain/source-links.ts', 'domain/streamed-text.ts', 'pipeline/provision/check-deal-type.ts'];

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

const complexity = (pattern: string, flags: string) => {
  const found = checkSync(pattern, flags, { timeout: 300_000 });
  if (found.status === 'safe') return 'safe';
  return `${found.status}: ${found.status === 'vulnerable' ? found.complexity.summary : 'not judged'}`;
};

test('no pattern takes longer than in proportion to the text', { timeout: 900_000 }, () => {
  expect(literals.size).toBeGreaterThan(80);
  const unsafe = [...literals].flatMap(([literal, file]) => {
    if (literal in exceptions) return [];
    const end = literal.lastIndexOf('/');
    const found = complexity(literal.slice(1, end), literal.slice(end + 1));
    return found === 'safe' ? [] : [`${file} ${literal} ${found}`];
  });
  expect(unsafe).toEqual([]);
});

test('no exception without its pattern', () => {
  expect(Object.keys(exceptions).filter(each => !literals.has(each))).toEqual([]);
});

test('patterns that are made of texts', { timeout: 900_000 }, () => {
  expect([...builders].sort()).toEqual(made);
  const links = new SourceLinks(['api.infoset.app', 'ege.example']) as unknown as { pattern: RegExp; file: RegExp };
  for (const { source, flags } of [links.pattern, links.file]) expect(complexity(source, flags), source).toBe('safe');
});
