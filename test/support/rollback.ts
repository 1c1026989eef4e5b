import { expect } from 'vitest';
import type { IntercomSimulator } from '../../src/simulators/intercom/intercom-simulator.js';
import type { Json } from '../../src/simulators/intercom/workspace.js';
import { ended, type RunView, startRun } from './extraction.js';
import { graphql } from './generated/gql.js';
import type { Environment, PlanOfQuery, StartRunInput } from './generated/graphql.js';
import type { Partner } from './server.js';

const planOfQuery = graphql(`
  query PlanOf($id: ID!) {
    run(id: $id) { id state plan { action destinationType count reason } planHash }
  }
`);

export type PlanView = NonNullable<PlanOfQuery['run']>;

export const startRollback = (
  partner: Partner,
  projectId: string,
  more: Partial<StartRunInput> = {},
  environment: Environment = 'PRODUCTION',
) => startRun(partner, { projectId, kind: 'ROLLBACK', environment, ...more });

export const codesOf = ({ userErrors }: { userErrors: { code: string }[] }) => userErrors.map(each => each.code);

export async function planOf(partner: Partner, id: string): Promise<PlanView> {
  return (await partner.query(planOfQuery, { id })).run!;
}

/** Makes a plan, and waits for it. */
export async function makePlan(partner: Partner, projectId: string, environment: Environment = 'PRODUCTION'): Promise<PlanView> {
  const { run, userErrors } = await startRollback(partner, projectId, { dryRun: true }, environment);
  expect(userErrors).toEqual([]);
  await ended(partner, run.id);
  return planOf(partner, run.id);
}

/** Executes a plan, and waits for its end. */
export async function executePlan(partner: Partner, projectId: string, planHash: string): Promise<RunView> {
  const { run, userErrors } = await startRollback(partner, projectId, { planHash });
  expect(userErrors).toEqual([]);
  return ended(partner, run.id, 300_000);
}

/** A workspace as people see it: without archived objects, times and generated numbers. */
export function seen({ workspace: w }: IntercomSimulator): Json {
  const state = JSON.parse(JSON.stringify(w)) as Json;
  const visible = (all: Json[]) => all.filter(each => !each.archived).map(({ updated_at: _, ...rest }) => rest);
  return {
    tags: state.tags,
    attributes: state.attributes.filter((each: Json) => !each.archived && each.model !== 'conversation'),
    companies: visible(state.companies),
    contacts: visible(state.contacts),
    conversations: visible(state.conversations),
    objects: Object.values(state.objectInstances as Json)
      .flat()
      .map(({ updated_at: _, ...rest }: Json) => rest),
    collections: state.collections,
    articles: state.articles,
    internalArticles: state.internalArticles,
    redirects: state.redirects,
  };
}
