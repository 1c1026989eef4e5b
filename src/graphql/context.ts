import DataLoader from 'dataloader';
import type { Organization } from '../domain/organization.js';
import type { Principal } from '../domain/principal.js';
import type { OperationContext, Services } from '../operations/context.js';
import { findOrganizations } from '../operations/find-organizations.js';

/** What resolvers work with, for one operation of one caller. */
export interface GraphQLContext {
  operation: OperationContext;
  /** By uuid; one query for all that a level of the answer asks. */
  organizations: DataLoader<string, Organization | null>;
}

export function createContext(services: Services, principal: Principal): GraphQLContext {
  const operation = { ...services, principal };
  return { operation, organizations: new DataLoader(uuids => findOrganizations(operation, uuids)) };
}
