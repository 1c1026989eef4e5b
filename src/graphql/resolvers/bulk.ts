import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { resolveAgents } from '../../operations/resolve-agents.js';
import { updateFieldMappings } from '../../operations/update-field-mappings.js';
import { updateIssues } from '../../operations/update-issue.js';
import type { GraphQLContext } from '../context.js';
import { toAgentType } from '../types/agent.js';
import { ResolveAgentsInput, UpdateFieldMappingsInput, UpdateIssuesInput } from '../types/bulk-inputs.js';
import { itemPayloads, ResolveAgentsPayload, UpdateFieldMappingsPayload, UpdateIssuesPayload } from '../types/bulk-payloads.js';
import { toIssueType } from '../types/issue.js';
import { toFieldMappingType, toMappingVersionType } from '../types/mapping-version.js';
import { payload, toUserErrorType } from '../types/payloads.js';

const each = 'up to 100 in one call. Each item has its own result; an item with errors does not stop the others.';

@Resolver()
export class BulkResolver {
  @Mutation(() => ResolveAgentsPayload, { description: `\`resolveAgent\` for ${each}` })
  async resolveAgents(
    @Arg('input') input: ResolveAgentsInput,
    @Ctx() { operation }: GraphQLContext,
  ): Promise<ResolveAgentsPayload> {
    const answer = await payload(async () => ({
      results: itemPayloads(await resolveAgents(operation, input), agent => ({ agent: toAgentType(agent) })),
    }));
    return { ...answer, results: answer.results ?? [] };
  }

  @Mutation(() => UpdateIssuesPayload, { description: `\`updateIssue\` for ${each}` })
  async updateIssues(@Arg('input') input: UpdateIssuesInput, @Ctx() { operation }: GraphQLContext): Promise<UpdateIssuesPayload> {
    const answer = await payload(async () => ({
      results: itemPayloads(await updateIssues(operation, input), issue => ({ issue: toIssueType(issue) })),
    }));
    return { ...answer, results: answer.results ?? [] };
  }

  @Mutation(() => UpdateFieldMappingsPayload, {
    description: `\`updateFieldMapping\` for ${each} Each edit sees those before it. The fields are of one draft.`,
  })
  async updateFieldMappings(
    @Arg('input') input: UpdateFieldMappingsInput,
    @Ctx() { operation }: GraphQLContext,
  ): Promise<UpdateFieldMappingsPayload> {
    const { userErrors, ...answer } = await payload(() => updateFieldMappings(operation, input));
    if (!answer.results) return { results: [], userErrors };
    const { mapping, results, stale } = answer;
    return {
      ...(mapping ? { mapping: toMappingVersionType(mapping) } : {}),
      results: itemPayloads(results, field => ({ fieldMapping: toFieldMappingType(field) })),
      userErrors: stale ? [toUserErrorType(stale)] : [],
    };
  }
}
