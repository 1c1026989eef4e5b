import type { RecordType } from '../domain/model/record-type.js';
import { recordTypeDeclarations } from '../domain/model/record-types.js';

/**
 * Works on phases at the same time. A phase begins when all records are loaded that its records refer to, so that the limit of the
 * workspace is used while others end. After a failure no phase continues.
 * @param phases in the order of their dependencies
 * @param work calls `loaded` when what depends on the phase may begin; `checkHalt` throws if it must not continue
 * @throws the first failure, when all phases have ended
 */
export async function sideBySide<P extends { recordType: RecordType }>(
  phases: readonly P[],
  work: (phase: P, checkHalt: () => void, loaded: () => void) => Promise<void>,
  checkHalt: () => void,
): Promise<void> {
  let failure: { error: unknown } | null = null;
  const check = () => {
    if (failure) throw failure.error;
    checkHalt();
  };
  const loads = new Map<RecordType, Promise<void>>();
  const ends = phases.map(phase => {
    const needed = needs(phase.recordType).flatMap(type => loads.get(type) ?? []);
    const load = Promise.withResolvers<void>();
    loads.set(phase.recordType, load.promise);
    return Promise.all(needed)
      .then(() => {
        check();
        return work(phase, check, load.resolve);
      })
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .finally(load.resolve);
  });
  await Promise.all(ends);
  if (failure) throw (failure as { error: unknown }).error;
}

/** All types that records of a type depend on, also indirectly: those between may have no phase. */
function needs(type: RecordType): RecordType[] {
  return recordTypeDeclarations[type].dependsOn.flatMap(each => [each, ...needs(each)]);
}
