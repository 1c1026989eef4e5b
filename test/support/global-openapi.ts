import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { parse } from 'yaml';
import { inJsonSchema } from './openapi-schemas.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Intercom's description of its API as JSON; empty where INTERCOM_OPENAPI names none. */
    openApi: string;
  }
}

/** Reads Intercom's description once for all test files. */
export default function setup(project: TestProject): (() => void) | undefined {
  const source = process.env.INTERCOM_OPENAPI;
  project.provide('openApi', '');
  if (!source) {
    console.warn('NOT TESTED: requests and answers against the OpenAPI description. Name the file in INTERCOM_OPENAPI.');
    return undefined;
  }
  const directory = mkdtempSync(join(tmpdir(), 'landfall-openapi-'));
  const file = join(directory, 'intercom.json');
  writeFileSync(file, JSON.stringify(inJsonSchema(parse(readFileSync(source, 'utf8')))));
  project.provide('openApi', file);
  return () => rmSync(directory, { recursive: true, force: true });
}
