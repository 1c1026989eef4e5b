import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { parse } from 'yaml';

interface Operation {
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
}

/** Holds requests and answers against an OpenAPI description. */
export class OpenApi {
  private readonly ajv = new Ajv({ strict: false, allErrors: true, verbose: true, validateFormats: false });
  private readonly paths: [RegExp, Record<string, Operation>][];
  private readonly validators = new Map<object, ValidateFunction>();

  constructor(file: string) {
    const description = withNulls(parse(readFileSync(file, 'utf8'))) as {
      paths: Record<string, Record<string, Operation>>;
      components: object;
    };
    this.ajv.addSchema({ $id: 'api', components: description.components });
    // Fixed paths before those with a place for an id.
    const byFixedness = Object.entries(description.paths).sort(([a], [b]) => a.split('{').length - b.split('{').length);
    this.paths = byFixedness.map(([path, operations]) => [new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`), operations]);
  }

  /** @returns what is wrong; empty where all fits, or where the description says nothing */
  problems(method: string, path: string, request: unknown, status: number, answer: unknown): string[] {
    const operation = this.paths.find(([pattern, operations]) => pattern.test(path) && operations[method.toLowerCase()])?.[1][
      method.toLowerCase()
    ];
    if (!operation) return [`${method} ${path} is not described`];
    const asked = operation.requestBody?.content['application/json']?.schema;
    const answered = operation.responses[String(status)]?.content?.['application/json']?.schema;
    return [
      ...(asked && request !== undefined ? this.check('request', asked, request) : []),
      ...(answered ? this.check('answer', answered, answer) : []),
    ].map(problem => `${method} ${path} ${status} ${problem}`);
  }

  private check(what: string, schema: object, value: unknown): string[] {
    let validate = this.validators.get(schema);
    if (!validate) {
      validate = this.ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"api#/components')));
      this.validators.set(schema, validate);
    }
    if (validate(value)) return [];
    // Fields that are empty come as null, also where the description forgets to say so.
    const wrong = (validate.errors ?? []).filter(error => error.data !== null);
    return wrong.map(error => `${what}${error.instancePath} ${error.message}`);
  }
}

/** OpenAPI 3.0 says `nullable` where JSON Schema has a type of its own for it. */
function withNulls(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withNulls);
  if (typeof node !== 'object' || node === null) return node;
  const { nullable, ...rest } = Object.fromEntries(Object.entries(node).map(([name, value]) => [name, withNulls(value)]));
  // As the name of a property it is a schema of its own.
  if (typeof nullable === 'object') return { nullable, ...rest };
  return nullable === true ? { anyOf: [{ type: 'null' }, rest] } : rest;
}
