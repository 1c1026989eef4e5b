import { expect } from 'vitest';
import type { RunKind } from '../../src/domain/model/run.js';
import type { InfosetSimulator } from '../../src/simulators/infoset/infoset-simulator.js';
import type { IntercomSimulator } from '../../src/simulators/intercom/intercom-simulator.js';
import type { ObjectType } from '../../src/simulators/intercom/workspace.js';
import { codes, connectDestination, workspace } from './destination.js';
import { ended, type RunView, simulator, smallAccount, startRun } from './extraction.js';
import type { ConnectionSide } from './generated/graphql.js';
import type { Partner } from './server.js';

/** A project that does all steps, with its own platforms. */
export interface Walk {
  partner: Partner;
  projectId: string;
  infoset: InfosetSimulator;
  sandbox: IntercomSimulator;
  production: IntercomSimulator;
}

/** An empty project of an organization, and the platforms that it will be connected to. */
export async function newWalk(partner: Partner, name: string, seed: number): Promise<Walk> {
  const [infoset, sandbox, production] = [await simulator(smallAccount(6, seed)), await workspace(), await workspace()];
  sandbox.workspace.app.id_code = `${name}-s`;
  production.workspace.app.id_code = `${name}-p`;
  for (const intercom of [sandbox, production]) intercom.workspace.objectTypes = [];
  const { project } = await partner.createProject({ name });
  return { partner, projectId: project.id, infoset, sandbox, production };
}

/** Starts a run of the walk's project. */
export const start = ({ partner, projectId }: Walk, kind: RunKind, more: object = {}) =>
  startRun(partner, { projectId, kind, ...more });

/** The codes with which each of these runs is refused. Nothing is written meanwhile. */
export async function refused(walk: Walk, starts: readonly (readonly [kind: RunKind, more: object, codes: string[]])[]) {
  await withoutWrites(walk, async () => {
    for (const [kind, more, expected] of starts) {
      const answer = await start(walk, kind, more);
      expect(answer.run, kind).toBeNull();
      expect(codes(answer), `${kind} ${JSON.stringify(more)}`).toEqual(expected);
    }
  });
}

/** Does something that must not write to either workspace. */
export async function withoutWrites<T>({ sandbox, production }: Walk, work: () => Promise<T>): Promise<T> {
  const writes = [sandbox.writes(), production.writes()];
  const result = await work();
  expect([sandbox.writes(), production.writes()]).toEqual(writes);
  return result;
}

/** Starts a run and waits for its end. */
export async function run(walk: Walk, kind: RunKind, more: object = {}): Promise<RunView> {
  const answer = await start(walk, kind, more);
  expect(answer.userErrors, kind).toEqual([]);
  return ended(walk.partner, answer.run.id, 600_000);
}

export const resume = async ({ partner }: Walk, { id }: RunView): Promise<RunView> => {
  expect((await partner.mutate('resumeRun', 'RunActionInput', { runId: id }, 'run { id }')).userErrors).toEqual([]);
  return ended(partner, id, 600_000);
};

export const connect = ({ partner, projectId }: Walk, intercom: IntercomSimulator, side: ConnectionSide) =>
  connectDestination(partner, projectId, intercom, side);

/** The custom object type as a portal describes it: only from the details of the checklist. */
export async function typeOfChecklist({ partner, projectId }: Walk, environment: string): Promise<ObjectType> {
  const { data } = await partner.ask(
    `query ($id: ID!, $in: Environment!) { project(id: $id) { provisioningChecklist(environment: $in) { code state details {
       ... on ObjectTypeDetails { name reference attributes { name type options } } } } } }`,
    { id: projectId, in: environment },
  );
  const item = data.project.provisioningChecklist.find((each: { code: string }) => each.code === 'DEAL_TYPE');
  expect(item.state).toBe('OPEN');
  const { name, reference, attributes } = item.details as {
    name: string;
    reference: string;
    attributes: { name: string; type: string; options: string[] }[];
  };
  return {
    name,
    contactReference: reference,
    attributes: Object.fromEntries(attributes.map(each => [each.name, each.type])) as ObjectType['attributes'],
    options: Object.fromEntries(attributes.filter(each => each.options.length > 0).map(each => [each.name, each.options])),
  };
}
