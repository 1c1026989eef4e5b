/** The key of a record at the destination: no other account's, and nobody's own. */
export const keyOf = (account: string, id: string) => `infoset:${account}:${id}`;
