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
import { checkSize } from './document-size.js';

export type Prepared = { document: DocumentNode; errors?: never } | { document?: never; errors: readonly GraphQLError[] };

/** Characters of all cached documents. A syntax tree needs about 60 bytes of heap for each character. */
const cachedCharacters = 200_000;
const longestCached = 20_000;
const maxValidationErrors = 20;

/** Checks, parses and validates documents for HTTP and WebSocket. Valid documents are cached. */
export class Documents {
  private readonly rules: readonly ValidationRule[];
  private readonly cache = new LRUCache<string, DocumentNode>({ maxSize: cachedCharacters, max: 1_000 });

  constructor(
    readonly schema: GraphQLSchema,
    private readonly limits: GraphQLLimits,
    introspection = true,
  ) {
    this.rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  }

  prepare(text: string): Prepared {
    const hash = hashOf(text);
    const known = this.cache.get(hash);
    if (known) return { document: known };
    try {
      checkSize(text, this.limits);
      const document = parse(text, { maxTokens: this.limits.tokens });
      checkShape(document, this.limits);
      const errors = validate(this.schema, document, this.rules, { maxErrors: maxValidationErrors });
      if (errors.length > 0) return { errors };
      if (text.length <= longestCached) this.cache.set(hash, document, { size: text.length + 1 });
      return { document };
    } catch (error) {
      if (error instanceof GraphQLError) return { errors: [error] };
      throw error;
    }
  }

  /** @param hash SHA-256 of the text, hexadecimal */
  byHash(hash: string): DocumentNode | undefined {
    return this.cache.get(hash);
  }
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
