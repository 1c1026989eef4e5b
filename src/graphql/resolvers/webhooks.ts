import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { publicId } from '../../domain/model/ids.js';
import { disableWebhook, enableWebhook, removeWebhook, updateWebhook } from '../../operations/change-webhook.js';
import { createWebhook } from '../../operations/create-webhook.js';
import { findOrganizations } from '../../operations/find-organizations.js';
import { findProjects } from '../../operations/find-projects.js';
import { findPositions, findWebhook, listWebhooks } from '../../operations/find-webhooks.js';
import { replayWebhook, rotateWebhookSecret, testWebhook } from '../../operations/send-webhook.js';
import type { GraphQLContext } from '../context.js';
import { type Connection, toKeysetConnection } from '../types/connection.js';
import { OrganizationType, toOrganizationType } from '../types/organization.js';
import { PageArgs, pageOf } from '../types/page-args.js';
import { payload } from '../types/payloads.js';
import { ProjectType, toProjectType } from '../types/project.js';
import { toWebhookType, WebhookConnection, WebhookType } from '../types/webhook.js';
import {
  CreateWebhookInput,
  ReplayWebhookInput,
  RotateWebhookSecretInput,
  UpdateWebhookInput,
  WebhookActionInput,
} from '../types/webhook-inputs.js';
import { RemoveWebhookPayload, TestWebhookPayload, WebhookPayload, WebhookSecretPayload } from '../types/webhook-payloads.js';

@Resolver(() => WebhookType)
export class WebhookResolver {
  @FieldResolver(() => OrganizationType, {
    description: 'It gets the events of the projects of this organization, and of those below it.',
  })
  async organization(@Root() { webhook }: WebhookType, @Ctx() { reads }: GraphQLContext): Promise<OrganizationType> {
    return toOrganizationType((await reads.load(findOrganizations, webhook.organizationId))!);
  }

  @FieldResolver(() => ProjectType, {
    nullable: true,
    description: 'The only project whose events it gets; null for all projects.',
  })
  async project(@Root() { webhook }: WebhookType, @Ctx() { reads }: GraphQLContext): Promise<ProjectType | null> {
    const project = webhook.projectId && (await reads.load(findProjects, webhook.projectId));
    return project ? toProjectType(project) : null;
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'Number of the last event of a project that it has handled; 0 for none. Null if it gets the events of several projects and none is named.',
  })
  async position(
    @Root() { webhook }: WebhookType,
    @Arg('projectId', () => ID, { nullable: true, description: 'If absent, the project of the webhook.' }) projectId:
      | string
      | null,
    @Ctx() { reads }: GraphQLContext,
  ): Promise<number | null> {
    return (projectId ?? webhook.projectId) ? reads.load(findPositions, webhook.id, projectId ?? null) : null;
  }

  @Query(() => WebhookType, { nullable: true })
  async webhook(@Arg('id', () => ID) id: string, @Ctx() { operation }: GraphQLContext): Promise<WebhookType | null> {
    const webhook = await findWebhook(operation, id);
    return webhook && toWebhookType(webhook);
  }

  @Query(() => WebhookConnection, {
    description: 'Webhooks of all organizations in reach. Only for an ADMIN or an OPERATOR. Newest first; `first` is 1 to 100.',
  })
  async webhooks(
    @Arg('organizationId', () => ID, { nullable: true }) organizationId: string | null,
    @Arg('projectId', () => ID, { nullable: true }) projectId: string | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { operation }: GraphQLContext,
  ): Promise<Connection<WebhookType>> {
    const filter = { organizationId: organizationId ?? null, projectId: projectId ?? null };
    return toKeysetConnection(await listWebhooks(operation, filter, pageOf(page)), toWebhookType);
  }

  @Mutation(() => WebhookSecretPayload, {
    description: 'Creates a webhook that gets the events from now on. The answer shows its secret once.',
  })
  createWebhook(@Arg('input') input: CreateWebhookInput, @Ctx() { operation }: GraphQLContext): Promise<WebhookSecretPayload> {
    return payload(async () => {
      const { webhook, secret } = await createWebhook(operation, input);
      return { webhook: toWebhookType(webhook), secret: secret.reveal() };
    });
  }

  @Mutation(() => WebhookPayload, { description: 'Changes the address, the filter or the description of a webhook.' })
  updateWebhook(@Arg('input') input: UpdateWebhookInput, @Ctx() { operation }: GraphQLContext): Promise<WebhookPayload> {
    return payload(async () => ({ webhook: toWebhookType(await updateWebhook(operation, input)) }));
  }

  @Mutation(() => RemoveWebhookPayload, { description: 'Removes a webhook and its positions for good.' })
  removeWebhook(@Arg('input') input: WebhookActionInput, @Ctx() { operation }: GraphQLContext): Promise<RemoveWebhookPayload> {
    return payload(async () => ({ webhookId: publicId('Webhook', await removeWebhook(operation, input)) }));
  }

  @Mutation(() => WebhookPayload, {
    description: 'Lets a disabled or failing webhook send immediately, from the event at which it stopped.',
  })
  enableWebhook(@Arg('input') input: WebhookActionInput, @Ctx() { operation }: GraphQLContext): Promise<WebhookPayload> {
    return payload(async () => ({ webhook: toWebhookType(await enableWebhook(operation, input)) }));
  }

  @Mutation(() => WebhookPayload, { description: 'Stops a webhook. Its events wait until it is enabled.' })
  disableWebhook(@Arg('input') input: WebhookActionInput, @Ctx() { operation }: GraphQLContext): Promise<WebhookPayload> {
    return payload(async () => ({ webhook: toWebhookType(await disableWebhook(operation, input)) }));
  }

  @Mutation(() => WebhookSecretPayload, {
    description:
      'Gives a webhook another secret. For some hours each message has two signatures: of the new secret and of the one before.',
  })
  rotateWebhookSecret(
    @Arg('input') input: RotateWebhookSecretInput,
    @Ctx() { operation }: GraphQLContext,
  ): Promise<WebhookSecretPayload> {
    return payload(async () => {
      const { webhook, secret } = await rotateWebhookSecret(operation, input);
      return { webhook: toWebhookType(webhook), secret: secret.reveal() };
    });
  }

  @Mutation(() => WebhookPayload, { description: 'Sends the events after a number again.' })
  replayWebhook(@Arg('input') input: ReplayWebhookInput, @Ctx() { operation }: GraphQLContext): Promise<WebhookPayload> {
    return payload(async () => ({ webhook: toWebhookType(await replayWebhook(operation, input)) }));
  }

  @Mutation(() => TestWebhookPayload, {
    description: 'Sends a signed message of type PING now, and shows the answer. It also works for a disabled webhook.',
  })
  testWebhook(@Arg('input') input: WebhookActionInput, @Ctx() { operation }: GraphQLContext): Promise<TestWebhookPayload> {
    return payload(async () => {
      const { ok, status, error } = await testWebhook(operation, input);
      return { delivered: ok, status, error };
    });
  }
}
