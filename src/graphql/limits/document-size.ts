import { GraphQLError, Lexer, Source, TokenKind } from 'graphql';
import type { GraphQLLimits } from '../../domain/model/graphql-limits.js';

/** Levels of nested brackets of any kind. The parser recurses for each level. */
const maxNesting = 100;

const opening = new Set<string>([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const closing = new Set<string>([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/**
 * Checks the size of a document in one pass over its tokens, before the parser recurses over it.
 * @throws GraphQLError DOCUMENT_TOO_LARGE, GRAPHQL_PARSE_FAILED
 */
export function checkSize(text: string, limits: Pick<GraphQLLimits, 'documentCharacters' | 'tokens'>): void {
  if (text.length > limits.documentCharacters) {
    throw tooLarge(`Send at most ${limits.documentCharacters} characters of GraphQL; put long values into variables.`);
  }
  const lexer = new Lexer(new Source(text));
  let tokens = 0;
  let nesting = 0;
  while (lexer.advance().kind !== TokenKind.EOF) {
    tokens++;
    const { kind } = lexer.token;
    if (opening.has(kind)) nesting++;
    else if (closing.has(kind)) nesting--;
    if (tokens > limits.tokens) {
      throw tooLarge(`Send at most ${limits.tokens} tokens of GraphQL; put long lists into variables.`);
    }
    if (nesting > maxNesting) throw tooLarge(`Nest at most ${maxNesting} brackets.`);
  }
}

const tooLarge = (message: string) => new GraphQLError(message, { extensions: { code: 'DOCUMENT_TOO_LARGE' } });
