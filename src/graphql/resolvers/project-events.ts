import { Arg, Args, Ctx, FieldResolver, ID, Int, Resolver, Root, Subscription } from 'type-graphql';
import type { ProjectEvent } from '../../domain/model/project-event.js';
import { eventCursor } from '../../operations/cursor.js';
import { followProjectEvents } from '../../operations/follow-project-events.js';
import { listProjectEvents } from '../../operations/list-project-events.js';
import type { GraphQLContext } from '../context.js';
import { type Connection, toConnection } from '../types/connection.js';
import { PageArgs, pageOf } from '../types/page-args.js';
import { ProjectType } from '../types/project.js';
import { ProjectEventConnection, ProjectEventType, toProjectEventType } from '../types/project-event.js';
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

@Resolver(() => ProjectType)
export class ProjectEventListResolver {
  @FieldResolver(() => ProjectEventConnection)
  async events(
    @Root() { project }: ProjectType,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { reads }: GraphQLContext,
  ): Promise<Connection<ProjectEventType>> {
    const events = await reads.load(listProjectEvents, project.id, pageOf(page));
    return toConnection(events, ({ seq }) => eventCursor.write(seq), toProjectEventType);
  }
}
