import DataLoader from 'dataloader';
import type { Connection } from '../domain/connection.js';
import type { GateFacts } from '../domain/gates.js';
import type { Organization } from '../domain/organization.js';
import type { Principal } from '../domain/principal.js';
import type { OperationContext, Services } from '../operations/context.js';
import { findGates } from '../operations/find-mappings.js';
import { findOrganizations } from '../operations/find-organizations.js';
import { findConnections } from '../operations/find-project-facts.js';

/** What resolvers work with, for one operation of one caller. */
export interface GraphQLContext {
  operation: OperationContext;
  /** By uuid; one query for all that a level of the answer asks. */
  organizations: DataLoader<string, Organization | null>;
  /** By the project's uuid. */
  connections: DataLoader<string, Connection[]>;
  /** By the project's uuid; asked for two of its fields. */
  gates: DataLoader<string, GateFacts>;
}

export function createContext(services: Services, principal: Principal): GraphQLContext {
  const operation = { ...services, principal };
  return {
    operation,
    organizations: new DataLoader(uuids => findOrganizations(operation, uuids)),
    connections: new DataLoader(uuids => findConnections(operation, uuids)),
    gates: new DataLoader(uuids => findGates(operation, uuids)),
  };
}
