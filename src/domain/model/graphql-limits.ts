/** What one request, one socket and one API key may ask for. All are settings; the defaults stand in `config.ts`. */
export interface GraphQLLimits {
  /** Characters of a document, without its variables. */
  documentCharacters: number;
  /** Lexical tokens of a document. */
  tokens: number;
  /** Levels of fields. */
  depth: number;
  /** Fields with an alias. */
  aliases: number;
  /** Fields of one operation's first level. */
  rootFields: number;
  /** Cost of one request, see `cost.ts`. */
  cost: number;
  /** Cost that a key gets back each second. */
  costPerSecond: number;
  /** Cost that a key may spend at once. */
  costBurst: number;
  subscriptionsPerSocket: number;
  subscriptionsPerKey: number;
}
