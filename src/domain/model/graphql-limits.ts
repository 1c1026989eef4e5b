/** Limits of one request, one socket and one API key. All are settings; `config.ts` has the defaults. */
export interface GraphQLLimits {
  /** Characters of a document, without its variables. */
  documentCharacters: number;
  /** Lexical tokens of a document. */
  tokens: number;
  /** Levels of fields. */
  depth: number;
  /** Fields with an alias. */
  aliases: number;
  /** Fields on the first level of an operation. */
  rootFields: number;
  /** Cost of one request, see `cost.ts`. */
  cost: number;
  /** Cost that is returned to a key each second. */
  costPerSecond: number;
  /** Cost that a key may spend in a burst. */
  costBurst: number;
  /** Times the cost of one key that all keys of an organization can use together. */
  budgetsPerOrganization: number;
  subscriptionsPerSocket: number;
  subscriptionsPerKey: number;
}
