import type { DealAttribute } from '../../domain/mapping/deal-type.js';
import { dealReference, dealType } from '../../domain/model/deals.js';

/** Options that a message names for a list. */
const maxNamed = 50;

/** What a person does in Intercom, so that the workspace has the Deal type. */
export function dealTypeSteps(wanted: ReadonlyMap<string, DealAttribute>, side: string): string {
  const list = [...wanted].map(([name, { format }]) => `${name} (${format})`).join(', ');
  const options = [...wanted].flatMap(([name, { options }]) => (options.length > 0 ? `${name}: ${named(options)}` : []));
  return [
    `In Intercom, open Settings, Data, Custom objects: make the type ${dealType} with the attributes ${list}, and let People refer to it (many) by ${dealReference}.`,
    ...(options.length > 0 ? [`The options of the lists are ${options.join('; ')}.`] : []),
    `Or set dealsAs to CONTACT_ATTRIBUTES in the options of the ${side} connection. Then resume the run.`,
  ].join(' ');
}

const named = (options: readonly string[]) =>
  options
    .slice(0, maxNamed)
    .map(option => JSON.stringify(option))
    .join(', ') + (options.length > maxNamed ? ` and ${options.length - maxNamed} more, which the mapping lists` : '');
