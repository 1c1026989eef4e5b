import { expect } from 'vitest';
import { ended, type RunView, startRun } from './extraction.js';
import type { Partner } from './server.js';

export interface PlanView {
  id: string;
  state: string;
  plan: { action: string; destinationType: string; count: number; reason: string }[] | null;
  planHash: string | null;
}

export const startRollback = (partner: Partner, projectId: string, more: object = {}, environment = 'PRODUCTION') =>
  startRun(partner, { projectId, kind: 'ROLLBACK', environment, ...more });

export const codesOf = ({ userErrors }: { userErrors: { code: string }[] }) => userErrors.map(each => each.code);

export async function planOf(partner: Partner, id: string): Promise<PlanView> {
  const { data, errors } = await partner.ask(
    'query ($id: ID!) { run(id: $id) { id state plan { action destinationType count reason } planHash } }',
    { id },
  );
  expect(errors).toBeUndefined();
  return data.run;
}

/** Makes a plan, and waits for it. */
export async function makePlan(partner: Partner, projectId: string, environment = 'PRODUCTION'): Promise<PlanView> {
  const { run, userErrors } = await startRollback(partner, projectId, { dryRun: true }, environment);
  expect(userErrors).toEqual([]);
  await ended(partner, run.id);
  return planOf(partner, run.id);
}

/** Carries a plan out, and waits for that. */
export async function carryOut(partner: Partner, projectId: string, planHash: string): Promise<RunView> {
  const { run, userErrors } = await startRollback(partner, projectId, { planHash });
  expect(userErrors).toEqual([]);
  return ended(partner, run.id, 300_000);
}
