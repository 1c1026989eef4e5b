import { In, IsNull, Not } from 'typeorm';
import type { Cutover } from '../domain/model/cutover.js';
import { CutoverRow } from './entities/cutover-row.js';
import type { Tx } from './transaction.js';

const toCutover = ({ organizationId: _o, project: _p, deltaRun: _d, ...cutover }: CutoverRow): Cutover => cutover;

/** By the project's id. */
export async function cutoversOf(tx: Tx, projectIds: readonly string[]): Promise<Map<string, Cutover>> {
  const rows = await tx.manager.findBy(CutoverRow, { projectId: In([...projectIds]) });
  return new Map(rows.map(row => [row.projectId, toCutover(row)]));
}

export async function cutoverOf(tx: Tx, projectId: string): Promise<Cutover | null> {
  return (await cutoversOf(tx, [projectId])).get(projectId) ?? null;
}

/** Records the freeze and the last delta, also again while the cutover is not completed. */
export async function saveCutover(
  tx: Tx,
  begun: Pick<Cutover, 'projectId' | 'frozenAt' | 'begunBy' | 'deltaRunId'> & { organizationId: string },
): Promise<void> {
  await tx.manager.upsert(CutoverRow, { ...begun, begunAt: () => 'clock_timestamp()' }, ['projectId']);
}

export async function completeCutoverRow(
  tx: Tx,
  {
    projectId,
    completedBy,
    note,
    figures,
    hypercareUntil,
  }: Pick<Cutover, 'projectId' | 'completedBy' | 'note' | 'figures' | 'hypercareUntil'>,
): Promise<void> {
  const change = { completedAt: () => 'clock_timestamp()', completedBy, note, figures, hypercareUntil };
  await tx.manager.update(CutoverRow, { projectId, completedAt: IsNull() }, change);
}

export async function closeCutoverRow(
  tx: Tx,
  { projectId, closedBy, closeReason }: Pick<Cutover, 'projectId' | 'closedBy' | 'closeReason'>,
): Promise<void> {
  const change = { closedAt: () => 'clock_timestamp()', closedBy, closeReason };
  await tx.manager.update(CutoverRow, { projectId, completedAt: Not(IsNull()) }, change);
}

/** A rollback removes the cutover. It can be begun again, with a new last delta. The events still show the first one. */
export async function forgetCutover(tx: Tx, projectId: string): Promise<void> {
  await tx.manager.delete(CutoverRow, { projectId });
}
