import { defaultFieldResolver, type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import { UserError, UserErrors } from '../../domain/model/errors.js';
import { isStorable } from '../../operations/input-check.js';

/** Objects and lists inside each other, in a value of JSON. */
const maxNesting = 64;
const maxProblems = 20;

/** Lets every field of the schema see only arguments that can be stored and walked through. */
export function guardArguments(schema: GraphQLSchema): GraphQLSchema {
  const mutation = schema.getMutationType();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.args.length === 0) continue;
      const { resolve = defaultFieldResolver, subscribe } = field;
      field.resolve = type === mutation ? answersRefusals(resolve) : throwsRefusals(resolve);
      if (subscribe) field.subscribe = throwsRefusals(subscribe);
    }
  }
  return schema;
}

type Resolver = GraphQLFieldResolver<unknown, unknown>;

const throwsRefusals =
  (resolve: Resolver): Resolver =>
  (source, args, context, info) => {
    const problems = problemsOf(args);
    if (problems.length > 0) throw new UserErrors(problems);
    return resolve(source, args, context, info);
  };

/** What a caller can put right is a mutation's answer. */
const answersRefusals =
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
    return { userErrors };
  };

/** Whether a value of JSON is nested so deep that writing it as text would fail. */
export function isTooDeep(value: unknown): boolean {
  return problemsOf({ value }).some(({ message }) => message.startsWith('Nest'));
}

/** Walks through all values without recursion: an argument may be nested as deep as a body is long. */
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
