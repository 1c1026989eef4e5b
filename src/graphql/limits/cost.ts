import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type NamedTypeNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { type ComplexityEstimatorArgs, getComplexity } from 'graphql-query-complexity';

/**
 * The cost of a request: 1 for each requested object (a list counts its `first` or `last`), and more for an object that is
 * computed from many rows. Scalars are free, except the number of all items of a list.
 */
const weights = new Map<string, number>([
  ['Query.__schema', 50],
  ['Query.__type', 10],
  ['Project.blockedBy', 3],
  ['Project.allowedActions', 3],
  ['Project.provisioningChecklist', 5],
  ['Project.availableRunKinds', 5],
  ['Project.discovery', 5],
  ['Discovery.constraints', 5],
  ['Discovery.complexity', 5],
  ['Discovery.estimate', 5],
  ['Project.recordCounts', 10],
  ['Project.documents', 5],
  ['Project.reconciliation', 10],
  ['Run.reconciliation', 10],
  ['MappingVersion.preview', 10],
  ['MappingVersion.changes', 5],
  // The other fields of the version are read.
  ['FieldMapping.allowedTargets', 2],
  ['Reconciliation.fields', 5],
  ['Webhook.position', 2],
  ['Organization.usage', 5],
  // A call to another server.
  ['Mutation.testWebhook', 50],
  // Up to 500 projects, each read again when it changes.
  ['Subscription.portfolio', 100],
  // Up to 100 records.
  ['DuplicateGroup.records', 20],
]);
/** Wrappers of a page. */
const free = new Set(['edges', 'pageInfo']);
const lookupsPerUnit = 10;
/** Items of a page if the request says none. */
const defaultPage = 20;
const defaultPages = new Map([['MappingVersion.fields', 50]]);
const maxPage = 100;
/** More selections than the maximum cost allows. */
const maxSelections = 10_000;

/** The most that a request can cost, computed before its execution. At least 1. */
export function requestedCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | undefined,
  variables: Record<string, unknown> | undefined,
): number {
  const cost = getComplexity({
    schema,
    query: document,
    variables: variables ?? {},
    ...(operationName ? { operationName } : {}),
    estimators: [estimate],
    maxQueryNodes: maxSelections,
  });
  return Math.max(1, cost);
}

function estimate({ type, field, args, childComplexity }: ComplexityEstimatorArgs): number {
  return weightOf(type.name, field, args) + pageOf(type.name, field, args) * childComplexity;
}

function weightOf(typeName: string, field: GraphQLField<unknown, unknown>, args: Record<string, unknown>): number {
  if (free.has(field.name)) return 0;
  if (field.name === 'totalCount') return 1;
  const { lookups } = args;
  if (Array.isArray(lookups)) return 1 + Math.ceil(lookups.length / lookupsPerUnit);
  return weights.get(`${typeName}.${field.name}`) ?? (isCompositeType(getNamedType(field.type)) ? 1 : 0);
}

function pageOf(typeName: string, field: GraphQLField<unknown, unknown>, args: Record<string, unknown>): number {
  // A mutation of several items answers with an object for each.
  const { items } = (args.input ?? {}) as { items?: unknown };
  if (Array.isArray(items)) return Math.min(Math.max(items.length, 1), maxPage);
  if (!field.args.some(({ name }) => name === 'first')) return 1;
  const size = args.first ?? args.last ?? defaultPages.get(`${typeName}.${field.name}`) ?? defaultPage;
  return Math.min(Math.max(Number(size), 1), maxPage);
}

/** The actual cost of a request, computed from its answer. At least 1. Introspection counts only its weight. */
export function actualCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  data: unknown,
): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const objects = (value: unknown, set: SelectionSetNode, type: GraphQLNamedType): number => {
    if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + objects(each, set, type), 0);
    if (typeof value !== 'object' || value === null) return 0;
    let sum = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value);
        if (fragment) sum += objects(value, fragment.selectionSet, narrowed(schema, type, fragment.typeCondition));
      } else if (selection.kind === Kind.INLINE_FRAGMENT)
        sum += objects(value, selection.selectionSet, narrowed(schema, type, selection.typeCondition));
      else sum += fieldCost(value as Record<string, unknown>, selection, type);
    }
    return sum;
  };
  const fieldCost = (
    value: Record<string, unknown>,
    { name, alias, selectionSet }: { name: { value: string }; alias?: { value: string }; selectionSet?: SelectionSetNode },
    type: GraphQLNamedType,
  ): number => {
    const key = (alias ?? name).value;
    if (!Object.hasOwn(value, key)) return 0;
    const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
    const field = Object.hasOwn(fields, name.value) ? fields[name.value]! : null;
    if (!field) return weights.get(`Query.${name.value}`) ?? 0;
    const weight = weightOf(type.name, field, {});
    return weight + (selectionSet ? objects(value[key], selectionSet, getNamedType(field.type)) : 0);
  };
  const root = schema.getRootType(operation.operation);
  return root ? Math.max(1, objects(data, operation.selectionSet, root)) : 1;
}

const narrowed = (schema: GraphQLSchema, type: GraphQLNamedType, to: NamedTypeNode | undefined): GraphQLNamedType =>
  (to ? schema.getType(to.name.value) : undefined) ?? type;
