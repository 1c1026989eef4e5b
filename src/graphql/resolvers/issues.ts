import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { listIssues } from '../../operations/find-issues.js';
import { updateIssue } from '../../operations/update-issue.js';
import type { GraphQLContext } from '../context.js';
import { type Connection, toKeysetConnection } from '../types/connection.js';
import { UpdateIssueInput } from '../types/inputs.js';
import { IssueConnection, type IssueType, toIssueType } from '../types/issue.js';
import { IssueArgs } from '../types/issue-args.js';
import { pageOf } from '../types/page-args.js';
import { IssuePayload, payload } from '../types/payloads.js';
import { ProjectType } from '../types/project.js';

@Resolver(() => ProjectType)
export class IssueResolver {
  @FieldResolver(() => IssueConnection)
  async issues(
    @Root() { project }: ProjectType,
    @Args(() => IssueArgs) { status, recordType, code, severity, runId, order, ...page }: IssueArgs,
    @Ctx() { reads }: GraphQLContext,
  ): Promise<Connection<IssueType>> {
    const wanted = {
      ...pageOf(page),
      status: status ?? null,
      recordType: recordType ?? null,
      code: code ?? null,
      severity: severity ?? null,
      runId: runId ?? null,
      order: order ?? 'NEWEST',
    };
    return toKeysetConnection(await reads.load(listIssues, project.id, wanted), toIssueType);
  }

  @Mutation(() => IssuePayload, { description: 'Acknowledges, waives, resolves or reopens an issue.' })
  updateIssue(@Arg('input') input: UpdateIssueInput, @Ctx() { operation }: GraphQLContext): Promise<IssuePayload> {
    return payload(async () => ({ issue: toIssueType(await updateIssue(operation, input)) }));
  }
}
