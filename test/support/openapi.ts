import type { AnySchemaObject, ErrorObject, ValidateFunction } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';

/** A request and its answer, as they crossed the wire. */
export interface Exchange {
  method: string;
  /** Without the query. */
  path: string;
  query: URLSearchParams;
  /** undefined if there is none. */
  request: unknown;
  status: number;
  answer: unknown;
}

interface Finding {
  /** The property, with a star for a place in a list. */
  at: string;
  problem: string;
}

/** A deviation of an exchange from the description. */
export interface Problem extends Finding {
  /** As the description names it: `GET /contacts/{contact_id}`. */
  operation: string;
  side: 'request' | 'answer';
}

export interface Content {
  content?: Record<string, { schema: object }>;
}
interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema?: object;
}
export interface Operation {
  parameters?: Parameter[];
  requestBody?: Content & { required?: boolean };
  responses: Record<string, Content>;
}
export interface Description {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
}

/** An answer that is of another schema than the description's where the query has a parameter. */
export interface OtherAnswer {
  operation: string;
  parameter: string;
  /** Of those of the description. */
  schema: string;
  reason: string;
}

const jsonOf = (part: Content | undefined) => part?.content?.['application/json']?.schema;

/** Compares requests and answers with an OpenAPI description: properties, types, enums, formats, required properties. */
export class OpenApi {
  // Each test file compiles what it needs: one function for each schema, and no second pass over its code, take a third of the time.
  private readonly ajv = new Ajv2019({
    strict: false,
    allErrors: true,
    verbose: true,
    coerceTypes: false,
    inlineRefs: false,
    code: { optimize: false },
  });
  private readonly paths: { name: string; pattern: RegExp; operations: Record<string, Operation> }[];
  private readonly validators = new Map<unknown, ValidateFunction>();

  /** @param description in JSON Schema, as `inJsonSchema` makes it */
  constructor(
    description: Description,
    private readonly otherAnswers: readonly OtherAnswer[] = [],
  ) {
    addFormats.default(this.ajv);
    this.ajv.addFormat('timestamp', { type: 'number', validate: Number.isInteger });
    this.ajv.addSchema({ $id: 'api', components: description.components });
    // Fixed paths before those with a place for an id.
    const byFixedness = Object.entries(description.paths).sort(([a], [b]) => a.split('{').length - b.split('{').length);
    this.paths = byFixedness.map(([name, operations]) => ({
      name,
      pattern: new RegExp(`^${name.replace(/\{\w+\}/g, '[^/]+')}$`),
      operations,
    }));
  }

  /** @returns the deviations; empty if everything was checked and matches */
  problems(exchange: Exchange): Problem[] {
    const { method, path, query } = exchange;
    const way = method.toLowerCase();
    const found = this.paths.find(({ pattern, operations }) => pattern.test(path) && operations[way]);
    const operation = found?.operations[way];
    const name = `${method} ${found?.name ?? path}`;
    const on = (side: Problem['side']) => (each: Finding) => ({ operation: name, side, ...each });
    if (!operation) return [on('request')({ at: '', problem: 'is not described' })];
    return [
      ...this.queryProblems(operation, query).map(on('request')),
      ...this.bodyProblems(operation, exchange.request).map(on('request')),
      ...this.answerProblems(name, operation, exchange).map(on('answer')),
    ];
  }

  private bodyProblems({ requestBody }: Operation, request: unknown): Finding[] {
    const asked = jsonOf(requestBody);
    if (!asked) return isEmpty(request) ? [] : [{ at: '', problem: 'takes no body' }];
    if (request === undefined) return requestBody?.required ? [{ at: '', problem: 'has no body' }] : [];
    return this.check(asked, asked, request);
  }

  private answerProblems(name: string, { responses }: Operation, { status, query, answer }: Exchange): Finding[] {
    // Refusals that the description does not list for a call have the shape that all have.
    if (status >= 400) return this.check(refusal, refusal, answer);
    const other = this.otherAnswers.find(each => each.operation === name && query.has(each.parameter));
    if (other) return this.check({ $ref: `#/components/schemas/${other.schema}`, unevaluatedProperties: false }, other, answer);
    const described = responses[String(status)];
    if (!described) return [{ at: '', problem: 'is of a status that is not described' }];
    const schema = jsonOf(described);
    if (schema) return this.check(schema, schema, answer);
    return isEmpty(answer) ? [] : [{ at: '', problem: 'has a body where none is described' }];
  }

  private queryProblems({ parameters = [] }: Operation, query: URLSearchParams): Finding[] {
    const described = parameters.filter(each => each.in === 'query');
    return [...query].flatMap(([name, text]) => {
      const parameter = described.find(each => each.name === name);
      if (!parameter) return [{ at: `?${name}`, problem: 'is not described' }];
      const { schema } = parameter;
      if (!schema) return [];
      const readings = [
        text,
        ...(Number.isFinite(Number(text)) ? [Number(text)] : []),
        ...(/^(true|false)$/.test(text) ? [text === 'true'] : []),
      ];
      const outcomes = readings.map(value => this.check(schema, schema, value));
      return outcomes.some(each => each.length === 0)
        ? []
        : outcomes[0]!.map(each => ({ at: `?${name}`, problem: each.problem }));
    });
  }

  /** @param key identifies the schema: one object for all of its uses */
  private check(schema: object, key: object, value: unknown): Finding[] {
    let validate = this.validators.get(key);
    if (!validate) {
      validate = this.ajv.compile(
        JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"api#/components')) as AnySchemaObject,
      );
      this.validators.set(key, validate);
    }
    if (validate(value)) return [];
    return (validate.errors ?? []).map(error => ({ at: placeOf(error), problem: wordsOf(error) }));
  }
}

const refusal = { $ref: '#/components/schemas/error' };

const isEmpty = (answer: unknown) =>
  answer === null || answer === undefined || answer === '' || (typeof answer === 'object' && Object.keys(answer).length === 0);

const placeOf = ({ instancePath, params }: ErrorObject) =>
  `${instancePath.replace(/\/\d+(?=\/|$)/g, '/*')}${params.unevaluatedProperty ? `/${params.unevaluatedProperty}` : ''}`;

function wordsOf({ keyword, message, params, data }: ErrorObject): string {
  if (keyword === 'enum') return `is ${JSON.stringify(data)}, none of ${params.allowedValues.join(', ')}`;
  if (keyword === 'type') return `is ${data === null ? 'null' : typeof data}, not ${params.type}`;
  if (keyword === 'unevaluatedProperties') return 'is not described';
  return message ?? keyword;
}
