import { Arg, ID, Int, Resolver, Root, Subscription } from 'type-graphql';
import type { ProjectEvent } from '../../domain/model/project-event.js';
import { followProjectEvents } from '../../operations/follow-project-events.js';
import type { GraphQLContext } from '../context.js';
import { ProjectEventType, toProjectEventType } from '../types/project-event.js';
import { untilReturned } from '../until-returned.js';

@Resolver()
export class ProjectEventResolver {
  @Subscription(() => ProjectEventType, {
    description: 'Every event of a project, numbered without gaps. `afterSeq` resumes without loss or repetition.',
    subscribe: ({ args, context }) =>
      untilReturned(signal => followProjectEvents((context as GraphQLContext).operation, args.projectId, args.afterSeq, signal)),
  })
  projectEvents(
    @Arg('projectId', () => ID) _projectId: string,
    @Arg('afterSeq', () => Int, {
      nullable: true,
      description: 'The last `seq` that the client has seen; 0 replays all events. If absent, only new events are sent.',
    })
    _afterSeq: number | null,
    @Root() event: ProjectEvent,
  ): ProjectEventType {
    return toProjectEventType(event);
  }
}
