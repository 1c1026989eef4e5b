import type { AttributeModel } from '../mapping/attributes.js';
import { keptText } from '../text/kept-text.js';

/** Most entries of a list; `total` counts all. */
const maxEntries = 100;
const maxNameLength = 255;

/** An attribute that people add to a custom object type. */
export interface WantedAttribute {
  name: string;
  /** As Intercom calls it: text, decimal, date, boolean or list. */
  type: string;
  /** Of a list, each once. */
  options: string[];
  isMissing: boolean;
}

/** An attribute that could not be created. */
export interface RefusedAttribute {
  model: AttributeModel;
  name: string;
  type: string;
  problem: string;
}

/** Somebody who needs a teammate in the workspace. */
export interface MissingTeammate {
  name: string | null;
  email: string | null;
}

/** What people must do, for programs. The kind gives the shape; lists have at most 100 entries. */
export type BlockerDetails =
  | { kind: 'OBJECT_TYPE'; name: string; reference: string; attributes: WantedAttribute[] }
  | { kind: 'ATTRIBUTES'; attributes: RefusedAttribute[]; total: number }
  | { kind: 'TEAMMATES'; teammates: MissingTeammate[]; total: number }
  /** Names of teams, addresses, languages or permissions; the code of the blocker says which. */
  | { kind: 'NAMES'; names: string[]; total: number };

/** @param total if the list is already cut */
export const teammateDetails = (teammates: readonly MissingTeammate[], total = teammates.length): BlockerDetails => ({
  kind: 'TEAMMATES',
  teammates: teammates.slice(0, maxEntries),
  total,
});

export const attributeDetails = (attributes: readonly RefusedAttribute[]): BlockerDetails => ({
  kind: 'ATTRIBUTES',
  attributes: attributes.slice(0, maxEntries),
  total: attributes.length,
});

export const nameDetails = (names: readonly string[]): BlockerDetails => ({
  kind: 'NAMES',
  names: names.slice(0, maxEntries).map(name => keptText(name, maxNameLength)),
  total: names.length,
});
