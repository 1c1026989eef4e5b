import { createHash } from 'node:crypto';
import { type DocumentNode, GraphQLError, type GraphQLSchema, parse, validate } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { GraphQLLimits } from '../../domain/model/graphql-limits.js';
import { checkShape } from './document-shape.js';
import { checkSize } from './document-size.js';

export type Prepared = { document: DocumentNode; errors?: never } | { document?: never; errors: readonly GraphQLError[] };

/** Characters of all documents that are kept; a syntax tree takes about sixty bytes a character of the heap. */
const keptCharacters = 200_000;
const longestKept = 20_000;
const maxValidationErrors = 20;

/** Reads documents for HTTP and WebSocket alike: measured, parsed, within the limits, valid; good ones are kept. */
export class Documents {
  private readonly kept = new LRUCache<string, DocumentNode>({ maxSize: keptCharacters, max: 1_000 });

  constructor(
    readonly schema: GraphQLSchema,
    private readonly limits: GraphQLLimits,
  ) {}

  prepare(text: string): Prepared {
    const hash = hashOf(text);
    const known = this.kept.get(hash);
    if (known) return { document: known };
    try {
      checkSize(text, this.limits);
      const document = parse(text, { maxTokens: this.limits.tokens });
      checkShape(document, this.limits);
      const errors = validate(this.schema, document, undefined, { maxErrors: maxValidationErrors });
      if (errors.length > 0) return { errors };
      if (text.length <= longestKept) this.kept.set(hash, document, { size: text.length + 1 });
      return { document };
    } catch (error) {
      if (error instanceof GraphQLError) return { errors: [error] };
      throw error;
    }
  }

  /** @param hash SHA-256 of the text, hexadecimal */
  byHash(hash: string): DocumentNode | undefined {
    return this.kept.get(hash);
  }
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
