import { defaultFieldResolver, type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import { UserError, UserErrors } from '../../domain/model/errors.js';
import { isStorable } from '../../operations/input-check.js';

/** Levels of nested objects and lists in a JSON value. */
const maxNesting = 64;
const maxProblems = 20;

/** Makes every field of the schema refuse arguments that cannot be stored or are nested too deep. */
export function guardArguments(schema: GraphQLSchema): GraphQLSchema {
  const mutation = schema.getMutationType();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.args.length === 0) continue;
      const { resolve = defaultFieldResolver, subscribe } = field;
      field.resolve = type === mutation ? returnProblems(resolve) : throwProblems(resolve);
      if (subscribe) field.subscribe = throwProblems(subscribe);
    }
  }
  return schema;
}

type Resolver = GraphQLFieldResolver<unknown, unknown>;

const throwProblems =
  (resolve: Resolver): Resolver =>
  (source, args, context, info) => {
    const problems = problemsOf(args);
    if (problems.length > 0) throw new UserErrors(problems);
    return resolve(source, args, context, info);
  };

/** A mutation returns problems as userErrors. */
const returnProblems =
  (resolve: Resolver): Resolver =>
  (source, args, context, info) => {
    const problems = problemsOf(args);
    if (problems.length === 0) return resolve(source, args, context, info);
    const userErrors = problems.map(({ code, message, options }) => ({
      code,
      message,
      path: options.path ?? null,
      retryable: false,
    }));
    // A mutation of several items has a list of results besides.
    return { userErrors, results: [] };
  };

/** Whether a JSON value is nested so deep that serializing it would fail. */
export function isTooDeep(value: unknown): boolean {
  return problemsOf({ value }).some(({ message }) => message.startsWith('Nest'));
}

/** Visits all values without recursion, because the depth of an argument is limited only by the size of the body. */
function problemsOf(args: Record<string, unknown>): UserError[] {
  const problems: UserError[] = [];
  const open: { value: unknown; path: readonly string[] }[] = [{ value: args, path: [] }];
  for (let next = open.pop(); next && problems.length < maxProblems; next = open.pop()) {
    const { value, path } = next;
    if (typeof value === 'string') {
      if (!isStorable(value)) problems.push(invalid('Leave out NUL and unpaired surrogates.', path));
    } else if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
      if (path.length > maxNesting) problems.push(invalid(`Nest at most ${maxNesting} objects and lists.`, path.slice(0, 8)));
      else
        for (const [name, inner] of Object.entries(value)) {
          if (isStorable(name)) open.push({ value: inner, path: [...path, name] });
          else problems.push(invalid('Leave out NUL and unpaired surrogates in names.', path));
        }
    }
  }
  return problems;
}

const invalid = (message: string, path: readonly string[]) => new UserError('INVALID_INPUT', message, { path });
