import { type RecordType, recordTypes } from '../../domain/model/record-type.js';
import type { FieldFidelity } from '../../domain/verify/reconciliation.js';
import type { Chart } from './chart.js';
import type { Texts } from './texts/texts.js';

export type FidelityOfType = Omit<FieldFidelity, 'field'>;

/** The sum over the fields of each record type. */
export function fidelityByType(fields: readonly FieldFidelity[]): FidelityOfType[] {
  const sums = new Map<RecordType, FidelityOfType>();
  for (const { recordType, compared, equal, normalised, lossy, different } of fields) {
    const sum = sums.get(recordType) ?? { recordType, compared: 0, equal: 0, normalised: 0, lossy: 0, different: 0 };
    sums.set(recordType, {
      recordType,
      compared: sum.compared + compared,
      equal: sum.equal + equal,
      normalised: sum.normalised + normalised,
      lossy: sum.lossy + lossy,
      different: sum.different + different,
    });
  }
  return recordTypes.flatMap(type => sums.get(type) ?? []);
}

export function fidelityChart(fields: readonly FieldFidelity[], { reconciliation: t, names }: Texts): Chart {
  return {
    kind: 'BARS',
    title: t.chart,
    parts: t.parts,
    rows: fidelityByType(fields).map(({ recordType, equal, normalised, lossy, different }) => ({
      label: names.recordTypes[recordType],
      values: [equal, normalised, lossy, different],
    })),
  };
}
