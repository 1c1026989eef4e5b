import type { DealAttribute } from '../../domain/mapping/deal-type.js';
import type { BlockerDetails } from '../../domain/model/blocker-details.js';
import { dealReference, dealType } from '../../domain/model/deals.js';
import type { ProvisioningCheck } from '../../domain/model/provisioning-checklist.js';

/** The Deal type as people create it. */
export const dealTypeDetails = (wanted: ReadonlyMap<string, DealAttribute>, missing: readonly string[]): BlockerDetails => ({
  kind: 'OBJECT_TYPE',
  name: dealType,
  reference: dealReference,
  attributes: [...wanted].map(([name, { format, options }]) => ({
    name,
    type: format,
    options,
    isMissing: missing.includes(name),
  })),
});

export const noDealType = (): ProvisioningCheck[] =>
  (['DEAL_TYPE', 'DEAL_REFERENCE'] as const).map(code => ({
    code,
    state: 'DONE',
    message: 'No deals need a custom object type.',
    details: null,
  }));

/** @param problem what people must do; null if an object with all attributes was accepted */
export const dealChecks = (details: BlockerDetails, problem: string | null): ProvisioningCheck[] => [
  {
    code: 'DEAL_TYPE',
    state: problem === null ? 'DONE' : 'OPEN',
    message: problem ?? `The type ${dealType} accepts every attribute of the mapping.`,
    details,
  },
  {
    code: 'DEAL_REFERENCE',
    state: 'UNKNOWN',
    message: `Let People refer to ${dealType} (many) by ${dealReference}. The API does not show it; the load reports a refused link.`,
    details,
  },
];
