import { createHash } from 'node:crypto';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  type ValidationRule,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { GraphQLLimits } from '../../domain/model/graphql-limits.js';
import { checkShape } from './document-shape.js';
import { sizeOf } from './document-size.js';

export type Prepared = { document: DocumentNode; errors?: never } | { document?: never; errors: readonly GraphQLError[] };

/** Characters of all cached documents. A syntax tree needs about 60 bytes of heap for each character. */
const cachedCharacters = 200_000;
const longestCached = 20_000;
const maxValidationErrors = 20;
/** An error counts the lines before each of its places. Errors of longer documents name no place. */
const maxLinesWithPlaces = 300;
/** What is read for a cost of 1: tokens are validated, characters are only read. */
const perCost = { tokens: 10, characters: 1_000 };

/** Checks, parses and validates documents for HTTP and WebSocket. Valid documents are cached. */
export class Documents {
  private readonly rules: readonly ValidationRule[];
  private readonly cache = new LRUCache<string, { text: string; document: DocumentNode }>({
    maxSize: cachedCharacters,
    max: 1_000,
  });

  constructor(
    readonly schema: GraphQLSchema,
    private readonly limits: GraphQLLimits,
    introspection = true,
  ) {
    this.rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  }

  /** @param charge called with the cost of reading the document, unless it is cached. It may throw. */
  prepare(text: string, charge: (cost: number) => void): Prepared {
    const hash = hashOf(text);
    const known = this.cache.get(hash);
    if (known) return { document: known.document };
    const { tokens, lines, refusal } = sizeOf(text, this.limits);
    charge(Math.ceil(tokens / perCost.tokens + text.length / perCost.characters));
    if (refusal) return { errors: [refusal] };
    try {
      const document = parse(text, { maxTokens: this.limits.tokens, noLocation: lines > maxLinesWithPlaces });
      checkShape(document, this.limits);
      const errors = validate(this.schema, document, this.rules, { maxErrors: maxValidationErrors });
      if (errors.length > 0) return { errors };
      if (text.length <= longestCached) this.cache.set(hash, { text, document }, { size: text.length + 1 });
      return { document };
    } catch (error) {
      if (error instanceof GraphQLError) return { errors: [error] };
      throw error;
    }
  }

  /** @param hash SHA-256 of the text, hexadecimal */
  byHash(hash: string): DocumentNode | undefined {
    return this.cache.get(hash)?.document;
  }

  /** @param hash SHA-256 of the text, hexadecimal */
  textByHash(hash: string): string | undefined {
    return this.cache.get(hash)?.text;
  }
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
