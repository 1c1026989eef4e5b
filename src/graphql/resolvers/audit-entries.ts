import { Args, Ctx, Query, Resolver } from 'type-graphql';
import { listAuditEntries } from '../../operations/find-audit-entries.js';
import type { GraphQLContext } from '../context.js';
import { AuditEntryArgs, AuditEntryConnection, type AuditEntryType, toAuditEntryType } from '../types/audit-entry.js';
import { type Connection, toKeysetConnection } from '../types/connection.js';
import { pageOf } from '../types/page-args.js';

@Resolver()
export class AuditEntryResolver {
  @Query(() => AuditEntryConnection, {
    description: 'Who changed what by which mutation, in all organizations in reach. Only for an ADMIN. Newest first.',
  })
  async auditEntries(
    @Args(() => AuditEntryArgs) { filter, ...page }: AuditEntryArgs,
    @Ctx() { operation }: GraphQLContext,
  ): Promise<Connection<AuditEntryType>> {
    return toKeysetConnection(await listAuditEntries(operation, filter ?? {}, pageOf(page)), toAuditEntryType);
  }
}
