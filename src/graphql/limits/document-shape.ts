import { type DocumentNode, type FragmentDefinitionNode, GraphQLError, Kind, type SelectionSetNode } from 'graphql';
import type { GraphQLLimits } from '../../domain/model/graphql-limits.js';

/** Validation compares all pairs of fragments, and all pairs of fields with the same name. */
const maxFragments = 200;
const maxRepeatedFields = 200;
/** Selections of an operation after its fragments are expanded. */
const maxExpandedSelections = 5_000;

/**
 * Refuses a document whose validation or execution would cost far more than its size suggests.
 * @throws GraphQLError QUERY_TOO_COMPLEX
 */
export function checkShape(document: DocumentNode, limits: Pick<GraphQLLimits, 'depth' | 'aliases' | 'rootFields'>): void {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  if (fragments.size > maxFragments) throw tooComplex(`Define at most ${maxFragments} fragments.`);
  let repeated = 0;
  for (const definition of document.definitions) {
    if (!('selectionSet' in definition)) continue;
    repeated += repeatedFields(definition.selectionSet);
    if (repeated > maxRepeatedFields)
      throw tooComplex(`Ask for each field once: more than ${maxRepeatedFields} fields are repeated.`);
  }
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) new Expansion(fragments, limits).visit(definition.selectionSet, 1);
  }
}

/** Fields that occur more than once in one selection set. */
function repeatedFields(set: SelectionSetNode): number {
  const names = new Set<string>();
  let repeated = 0;
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) {
      const name = (selection.alias ?? selection.name).value;
      if (names.has(name)) repeated++;
      names.add(name);
    }
    if (selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet) repeated += repeatedFields(selection.selectionSet);
  }
  return repeated;
}

/** Counts the selections of one operation with its fragments expanded. */
class Expansion {
  private aliases = 0;
  private rootFields = 0;
  private selections = 0;
  /** Fragments that are being expanded. Validation reports cycles. */
  private readonly open = new Set<string>();

  constructor(
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    private readonly limits: Pick<GraphQLLimits, 'depth' | 'aliases' | 'rootFields'>,
  ) {}

  visit(set: SelectionSetNode, depth: number): void {
    const { limits } = this;
    if (depth > limits.depth) throw tooComplex(`Ask for at most ${limits.depth} levels of fields.`);
    for (const selection of set.selections) {
      if (++this.selections > maxExpandedSelections) throw tooComplex(`Ask for at most ${maxExpandedSelections} fields.`);
      if (selection.kind === Kind.FIELD) {
        if (selection.alias && ++this.aliases > limits.aliases) throw tooComplex(`Use at most ${limits.aliases} aliases.`);
        if (depth === 1 && ++this.rootFields > limits.rootFields) {
          throw tooComplex(`Ask for at most ${limits.rootFields} fields of the first level.`);
        }
        if (selection.selectionSet) this.visit(selection.selectionSet, depth + 1);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) this.visit(selection.selectionSet, depth);
      else this.visitFragment(selection.name.value, depth);
    }
  }

  private visitFragment(name: string, depth: number): void {
    const fragment = this.fragments.get(name);
    if (!fragment || this.open.has(name)) return;
    this.open.add(name);
    this.visit(fragment.selectionSet, depth);
    this.open.delete(name);
  }
}

const tooComplex = (message: string) => new GraphQLError(message, { extensions: { code: 'QUERY_TOO_COMPLEX' } });
