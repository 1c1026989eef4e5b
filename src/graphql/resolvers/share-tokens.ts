import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { createShareToken, listShareTokens, revokeShareToken } from '../../operations/share-tokens.js';
import type { GraphQLContext } from '../context.js';
import { type Connection, toKeysetConnection } from '../types/connection.js';
import { CreateShareTokenInput, RevokeShareTokenInput } from '../types/credential-inputs.js';
import { PageArgs, pageOf } from '../types/page-args.js';
import { payload } from '../types/payloads.js';
import { ProjectType } from '../types/project.js';
import {
  RevokeShareTokenPayload,
  ShareTokenConnection,
  ShareTokenPayload,
  type ShareTokenType,
  toShareTokenType,
} from '../types/share-token.js';

@Resolver(() => ProjectType)
export class ShareTokenResolver {
  @FieldResolver(() => ShareTokenConnection, {
    nullable: true,
    description: 'Share tokens of the project. Only for an ADMIN. `first` is 1 to 100.',
  })
  async shareTokens(
    @Root() { project }: ProjectType,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { reads }: GraphQLContext,
  ): Promise<Connection<ShareTokenType>> {
    return toKeysetConnection(await reads.load(listShareTokens, project.id, pageOf(page)), toShareTokenType);
  }

  @Mutation(() => ShareTokenPayload, {
    description: 'Creates a token that only reads one project, until it expires. The answer shows its text once.',
  })
  createShareToken(@Arg('input') input: CreateShareTokenInput, @Ctx() { operation }: GraphQLContext): Promise<ShareTokenPayload> {
    return payload(async () => {
      const { shareToken, token } = await createShareToken(operation, input);
      return { shareToken: toShareTokenType(shareToken), token: token.reveal() };
    });
  }

  @Mutation(() => RevokeShareTokenPayload, {
    description: 'Revokes a share token for good and closes its open connections. Revoking twice changes nothing.',
  })
  revokeShareToken(
    @Arg('input') input: RevokeShareTokenInput,
    @Ctx() { operation }: GraphQLContext,
  ): Promise<RevokeShareTokenPayload> {
    return payload(async () => ({ shareToken: toShareTokenType(await revokeShareToken(operation, input)) }));
  }
}
