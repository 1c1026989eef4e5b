import { type DocumentNode, type FragmentDefinitionNode, GraphQLError, Kind, type SelectionSetNode } from 'graphql';
import type { GraphQLLimits } from '../../domain/model/graphql-limits.js';
import { MergedFields } from './merged-fields.js';

/** Validation checks each fragment for each operation, and compares all pairs of fragments. */
const maxFragments = 200;
const maxOperations = 100;
/** The answer to introspection is large, whatever is asked of it. */
const maxIntrospections = { __schema: 1, __type: 20 };
/** An error names every place of a repeated name. */
const maxRepeatedNames = 20;
/** Selections of all operations after their fragments are expanded. */
const maxExpandedSelections = 5_000;
/** Validation compares all pairs of fields with one response name and one parent, and all pairs of fragments. */
const maxComparisons = 5_000;

type ShapeLimits = Pick<GraphQLLimits, 'depth' | 'aliases' | 'rootFields'>;

/**
 * Refuses a document whose validation or execution would cost far more than its size suggests. Takes time in proportion to the
 * document, or to `maxExpandedSelections`.
 * @throws GraphQLError QUERY_TOO_COMPLEX
 */
export function checkShape(document: DocumentNode, limits: ShapeLimits): void {
  const fragments = document.definitions.filter(each => each.kind === Kind.FRAGMENT_DEFINITION);
  const operations = document.definitions.filter(each => each.kind === Kind.OPERATION_DEFINITION);
  if (fragments.length > maxFragments) throw tooComplex(`Define at most ${maxFragments} fragments.`);
  if (operations.length > maxOperations) throw tooComplex(`Define at most ${maxOperations} operations.`);
  for (const { variableDefinitions } of operations) checkNames(variableDefinitions ?? [], ({ variable }) => variable.name.value);
  const expansion = new Expansion(new Map(fragments.map(each => [each.name.value, each])), limits);
  for (const operation of operations) expansion.expand(operation.selectionSet);
  // Validation visits fragments that no operation uses, too.
  for (const fragment of fragments) if (!expansion.reached.has(fragment)) expansion.expand(fragment.selectionSet);
}

/** Expands the fragments of a document, and counts. */
class Expansion {
  readonly reached = new Set<FragmentDefinitionNode>();
  private aliases = 0;
  private rootFields = 0;
  private readonly introspections = { __schema: 0, __type: 0 };
  private selections = 0;
  private comparisons = 0;
  /** Fragments that are being expanded. Validation reports cycles. */
  private readonly open = new Set<string>();

  constructor(
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    private readonly limits: ShapeLimits,
  ) {}

  expand(set: SelectionSetNode): void {
    this.aliases = 0;
    this.rootFields = 0;
    this.visit(set, 1, new MergedFields());
  }

  private visit(set: SelectionSetNode, depth: number, merged: MergedFields): void {
    const { limits } = this;
    if (depth > limits.depth) throw tooComplex(`Ask for at most ${limits.depth} levels of fields.`);
    for (const selection of set.selections) {
      if (++this.selections > maxExpandedSelections) throw tooComplex(`Ask for at most ${maxExpandedSelections} fields.`);
      if (selection.kind === Kind.FIELD) {
        if (selection.alias && ++this.aliases > limits.aliases) throw tooComplex(`Use at most ${limits.aliases} aliases.`);
        if (depth === 1 && ++this.rootFields > limits.rootFields) {
          throw tooComplex(`Ask for at most ${limits.rootFields} fields of the first level.`);
        }
        this.checkIntrospection(selection.name.value);
        checkNames(selection.arguments ?? [], ({ name }) => name.value);
        const { comparisons, below } = merged.addField((selection.alias ?? selection.name).value);
        this.compare(comparisons);
        if (selection.selectionSet) this.visit(selection.selectionSet, depth + 1, below);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) this.visit(selection.selectionSet, depth, merged);
      else {
        this.compare(merged.addFragment());
        // A fragment that is spread again on the same object is neither compared nor collected again.
        if (merged.isFirst(selection.name.value)) this.visitFragment(selection.name.value, depth, merged);
      }
    }
  }

  private visitFragment(name: string, depth: number, merged: MergedFields): void {
    const fragment = this.fragments.get(name);
    if (!fragment || this.open.has(name)) return;
    this.reached.add(fragment);
    this.open.add(name);
    this.visit(fragment.selectionSet, depth, merged);
    this.open.delete(name);
  }

  private checkIntrospection(name: string): void {
    if (name !== '__schema' && name !== '__type') return;
    if (++this.introspections[name] > maxIntrospections[name])
      throw tooComplex(`Ask for ${name} at most ${maxIntrospections[name]} times.`);
  }

  private compare(comparisons: number): void {
    this.comparisons += comparisons;
    if (this.comparisons > maxComparisons)
      throw tooComplex('Ask for each field of an object once: too many fields are repeated.');
  }
}

/** Refuses many variables, or arguments of a field, of one name. */
function checkNames<T>(nodes: readonly T[], nameOf: (node: T) => string): void {
  if (nodes.length <= maxRepeatedNames) return;
  const repeated = nodes.length - new Set(nodes.map(nameOf)).size;
  if (repeated > maxRepeatedNames) throw tooComplex('Give each variable and each argument once.');
}

const tooComplex = (message: string) => new GraphQLError(message, { extensions: { code: 'QUERY_TOO_COMPLEX' } });
