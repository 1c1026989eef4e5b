import { GraphQLError, Lexer, Source, TokenKind } from 'graphql';
import type { GraphQLLimits } from '../../domain/model/graphql-limits.js';

/** Levels of nested brackets of any kind. The parser recurses for each level. */
const maxNesting = 100;
/** Block strings are split into lines. */
const maxLines = 10_000;

const opening = new Set<string>([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const closing = new Set<string>([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

export interface DocumentSize {
  /** What was counted before a limit was exceeded. */
  tokens: number;
  lines: number;
  /** Why the document is refused: DOCUMENT_TOO_LARGE or a syntax error; null if it is not. */
  refusal: GraphQLError | null;
}

/** Counts in one pass over the tokens, before the parser recurses over them. */
export function sizeOf(text: string, limits: Pick<GraphQLLimits, 'documentCharacters' | 'tokens'>): DocumentSize {
  const size: DocumentSize = { tokens: 0, lines: 1, refusal: null };
  try {
    count(size, text, limits);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    size.refusal = error;
  }
  return size;
}

function count(size: DocumentSize, text: string, limits: Pick<GraphQLLimits, 'documentCharacters' | 'tokens'>): void {
  if (text.length > limits.documentCharacters) {
    throw tooLarge(`Send at most ${limits.documentCharacters} characters of GraphQL; put long values into variables.`);
  }
  const lexer = new Lexer(new Source(text));
  let nesting = 0;
  while (lexer.advance().kind !== TokenKind.EOF) {
    size.tokens++;
    size.lines = lexer.line;
    const { kind } = lexer.token;
    if (opening.has(kind)) nesting++;
    else if (closing.has(kind)) nesting--;
    if (size.tokens > limits.tokens) {
      throw tooLarge(`Send at most ${limits.tokens} tokens of GraphQL; put long lists into variables.`);
    }
    if (nesting > maxNesting) throw tooLarge(`Nest at most ${maxNesting} brackets.`);
    if (size.lines > maxLines) throw tooLarge(`Send at most ${maxLines} lines of GraphQL; put long texts into variables.`);
  }
}

const tooLarge = (message: string) => new GraphQLError(message, { extensions: { code: 'DOCUMENT_TOO_LARGE' } });
