import type { FieldMapping, MappingVersion } from '../domain/mapping/field-mapping.js';
import type { Agent, AgentStatus } from '../domain/model/agent.js';
import { type GateFacts, gateFactsOf } from '../domain/model/gates.js';
import { uuidOf } from '../domain/model/ids.js';
import { fromCursor, type Page } from '../domain/model/page.js';
import type { RecordType } from '../domain/model/record-type.js';
import type { Environment } from '../domain/model/run.js';
import { agentById, pagesOfAgents } from '../store/agents.js';
import { storedGateFactsOf } from '../store/gate-facts.js';
import { fieldById, mappingById, mappingsById, mappingsOf, pagesOfFields } from '../store/mappings.js';
import { type ProvisionedObject, provisionedObjectsOf } from '../store/provisioned-objects.js';

export type { FieldPage } from '../store/mappings.js';

import type { FieldPage } from '../store/mappings.js';
import { type OperationContext, within } from './context.js';
import { checkFirst } from './input-check.js';

/** Of each project, the newest version or the one named. */
export async function findMappings(
  context: OperationContext,
  projectIds: readonly string[],
  version: number | null,
): Promise<(MappingVersion | null)[]> {
  const mappings = await within(context, tx => mappingsOf(tx, projectIds, version));
  return projectIds.map(id => mappings.get(id) ?? null);
}

/** @param ids of the rows */
export async function findMappingsById(context: OperationContext, ids: readonly string[]): Promise<(MappingVersion | null)[]> {
  const mappings = await within(context, tx => mappingsById(tx, ids));
  return ids.map(id => mappings.get(id) ?? null);
}

/** @param id of the row */
export function findMappingById(context: OperationContext, id: string): Promise<MappingVersion | null> {
  return within(context, tx => mappingById(tx, id));
}

/** A page of each mapping. @throws UserError INVALID_INPUT */
export async function listFields(
  context: OperationContext,
  mappingVersionIds: readonly string[],
  { recordType, first, afterPosition }: { recordType: RecordType | null; first: number; afterPosition: number },
): Promise<FieldPage[]> {
  checkFirst(first);
  return within(context, tx => pagesOfFields(tx, mappingVersionIds, recordType, first, afterPosition));
}

export async function findField(context: OperationContext, id: string): Promise<FieldMapping | null> {
  const uuid = uuidOf('FieldMapping', id);
  return uuid === null ? null : within(context, async tx => (await fieldById(tx, uuid))?.field ?? null);
}

/** A page of each project, oldest first. @throws UserError INVALID_INPUT, MALFORMED_CURSOR */
export async function listAgents(
  context: OperationContext,
  projectIds: readonly string[],
  { status, first, after }: { status: AgentStatus | null; first: number; after: string | null },
): Promise<Page<Agent & { createdAt: Date }>[]> {
  checkFirst(first);
  const keyset = after === null ? null : fromCursor(after);
  return within(context, tx => pagesOfAgents(tx, projectIds, status, first, keyset));
}

export async function findAgent(context: OperationContext, id: string): Promise<Agent | null> {
  const uuid = uuidOf('Agent', id);
  return uuid === null ? null : within(context, tx => agentById(tx, uuid));
}

/** What decides whether the workspace of production may be written to. */
export async function findGates(context: OperationContext, projectIds: readonly string[]): Promise<GateFacts[]> {
  const stored = await within(context, tx => storedGateFactsOf(tx, projectIds, 'PRODUCTION'));
  return stored.map(each => gateFactsOf(each, 'PRODUCTION'));
}

/** Of each project. */
export async function listProvisioned(
  context: OperationContext,
  projectIds: readonly string[],
  environment: Environment,
): Promise<ProvisionedObject[][]> {
  const objects = await within(context, tx => provisionedObjectsOf(tx, projectIds, environment));
  return projectIds.map(id => objects.get(id)!);
}
