import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { IssueStatus } from '../../domain/model/issue.js';
import { listIssues } from '../../operations/find-issues.js';
import { updateIssue } from '../../operations/update-issue.js';
import type { GraphQLContext } from '../context.js';
import { type Connection, toKeysetConnection } from '../types/connection.js';
import { IssueStatusEnum } from '../types/enums.js';
import { UpdateIssueInput } from '../types/inputs.js';
import { IssueConnection, type IssueType, toIssueType } from '../types/issue.js';
import { PageArgs, pageOf } from '../types/page-args.js';
import { IssuePayload, payload } from '../types/payloads.js';
import { ProjectType } from '../types/project.js';

@Resolver(() => ProjectType)
export class IssueResolver {
  @FieldResolver(() => IssueConnection)
  async issues(
    @Root() { project }: ProjectType,
    @Arg('status', () => IssueStatusEnum, { nullable: true }) status: IssueStatus | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { reads }: GraphQLContext,
  ): Promise<Connection<IssueType>> {
    return toKeysetConnection(await reads.load(listIssues, project.id, { ...pageOf(page), status: status ?? null }), toIssueType);
  }

  @Mutation(() => IssuePayload, { description: 'Acknowledges, waives, resolves or reopens an issue.' })
  updateIssue(@Arg('input') input: UpdateIssueInput, @Ctx() { operation }: GraphQLContext): Promise<IssuePayload> {
    return payload(async () => ({ issue: toIssueType(await updateIssue(operation, input)) }));
  }
}
