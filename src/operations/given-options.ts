import type { ConnectionSide } from '../domain/model/connection.js';
import { checkDestinationOptions } from './destination-options.js';
import type { InputCheck } from './input-check.js';
import { checkSourceOptions } from './source-options.js';

/** Options of a connection: as JSON, or typed. */
export interface OptionsInput {
  side: ConnectionSide;
  options?: Record<string, unknown> | null;
  sourceOptions?: object | null;
  destinationOptions?: object | null;
}

/** The options that are given, and the name of the input that has them. Problems are added to the check. */
export function givenOptions(check: InputCheck, input: OptionsInput): { options: Record<string, unknown>; field: string } {
  const [own, other] =
    input.side === 'SOURCE'
      ? (['sourceOptions', 'destinationOptions'] as const)
      : (['destinationOptions', 'sourceOptions'] as const);
  if (input[other]) check.add(other, `Give ${own} for the ${input.side} side.`);
  const typed = input[own];
  if (typed && input.options) check.add('options', `Give options or ${own}, not both.`);
  const field = typed ? own : 'options';
  const given: [string, unknown][] = Object.entries(typed ?? input.options ?? {});
  // Of typed options, null is as good as absent.
  const options = Object.fromEntries(typed ? given.filter(([, value]) => value !== null && value !== undefined) : given);
  if (input.side === 'SOURCE') checkSourceOptions(check, options, field);
  else checkDestinationOptions(check, options, field);
  return { options, field };
}
