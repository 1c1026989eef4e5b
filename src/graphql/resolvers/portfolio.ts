import { Arg, ID, Resolver, Root, Subscription } from 'type-graphql';
import { followPortfolio, type PortfolioUpdate } from '../../operations/follow-portfolio.js';
import type { GraphQLContext } from '../context.js';
import { PortfolioPositionInput, PortfolioUpdateType, toPortfolioUpdateType } from '../types/portfolio.js';
import { untilReturned } from '../until-returned.js';

@Resolver()
export class PortfolioResolver {
  @Subscription(() => PortfolioUpdateType, {
    description:
      'All projects in use that this key reaches, up to 500: first each as it is, then each that has changed with its events, at most once a second.',
    subscribe: ({ args, context }) =>
      untilReturned(signal => followPortfolio((context as GraphQLContext).operation, args.organizationId, args.after, signal)),
  })
  portfolio(
    @Arg('organizationId', () => ID, {
      nullable: true,
      description: 'Only projects of this organization itself; if absent, all in reach.',
    })
    _organizationId: string | null,
    @Arg('after', () => [PortfolioPositionInput], {
      nullable: true,
      description:
        'Where the events of projects begin, so that none is lost or repeated after a break: up to 500 projects. Those of other projects begin now; those of a project that is made later, with its first.',
    })
    _after: PortfolioPositionInput[] | null,
    @Root() update: PortfolioUpdate,
  ): PortfolioUpdateType {
    return toPortfolioUpdateType(update);
  }
}
