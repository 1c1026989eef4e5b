import type { Agent, AgentStatus } from '../domain/agent.js';
import type { GateFacts } from '../domain/gates.js';
import { uuidOf } from '../domain/ids.js';
import type { FieldMapping, MappingVersion } from '../domain/mapping/field-mapping.js';
import { fromCursor, type Page } from '../domain/page.js';
import type { RecordType } from '../domain/record-type.js';
import type { Environment } from '../domain/run.js';
import { agentById, pageOfAgents } from '../store/agents.js';
import { gateFacts } from '../store/gate-facts.js';
import { fieldById, mappingById, mappingOf, pageOfFields } from '../store/mappings.js';
import { type ProvisionedObject, provisionedObjects } from '../store/provisioned-objects.js';

export type { FieldPage } from '../store/mappings.js';

import type { FieldPage } from '../store/mappings.js';
import { type OperationContext, within } from './context.js';
import { checkFirst } from './input-check.js';

export function findMapping(
  context: OperationContext,
  projectId: string,
  version: number | null,
): Promise<MappingVersion | null> {
  return within(context, tx => mappingOf(tx, projectId, version));
}

/** @param id of the row */
export function findMappingById(context: OperationContext, id: string): Promise<MappingVersion | null> {
  return within(context, tx => mappingById(tx, id));
}

/** @throws UserError INVALID_INPUT */
export function listFields(
  context: OperationContext,
  mappingVersionId: string,
  recordType: RecordType | null,
  first: number,
  afterPosition: number,
): Promise<FieldPage> {
  checkFirst(first);
  return within(context, tx => pageOfFields(tx, mappingVersionId, recordType, first, afterPosition));
}

export async function findField(context: OperationContext, id: string): Promise<FieldMapping | null> {
  const uuid = uuidOf('FieldMapping', id);
  return uuid === null ? null : within(context, async tx => (await fieldById(tx, uuid))?.field ?? null);
}

/** Oldest first. @throws UserError INVALID_INPUT, MALFORMED_CURSOR */
export function listAgents(
  context: OperationContext,
  projectId: string,
  status: AgentStatus | null,
  first: number,
  after: string | null,
): Promise<Page<Agent & { createdAt: Date }>> {
  checkFirst(first);
  const keyset = after === null ? null : fromCursor(after);
  return within(context, tx => pageOfAgents(tx, projectId, status, first, keyset));
}

export async function findAgent(context: OperationContext, id: string): Promise<Agent | null> {
  const uuid = uuidOf('Agent', id);
  return uuid === null ? null : within(context, tx => agentById(tx, uuid));
}

/** What decides whether the workspace of production may be written to. */
export function findGates(context: OperationContext, projectIds: readonly string[]): Promise<GateFacts[]> {
  return within(context, async tx => {
    const facts: GateFacts[] = [];
    for (const id of projectIds) facts.push(await gateFacts(tx, id, 'PRODUCTION'));
    return facts;
  });
}

export function listProvisioned(
  context: OperationContext,
  projectId: string,
  environment: Environment,
): Promise<ProvisionedObject[]> {
  return within(context, tx => provisionedObjects(tx, projectId, environment));
}
