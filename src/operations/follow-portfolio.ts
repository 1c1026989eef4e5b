import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../domain/model/errors.js';
import { uuidOf } from '../domain/model/ids.js';
import type { PortfolioChange, PortfolioProject } from '../domain/model/portfolio.js';
import { organizationsById } from '../store/organizations.js';
import { eventsOfProjects, portfolioIds, portfolioOf, projectsAmong } from '../store/portfolio.js';
import type { Tx } from '../store/transaction.js';
import { Alarm } from './alarm.js';
import { type OperationContext, within } from './context.js';
import { PortfolioTopics } from './portfolio-topics.js';
import { readWithRetries } from './read-with-retries.js';

export interface PortfolioPosition {
  projectId: string;
  afterSeq: number;
}

/** Projects that have changed. */
export interface PortfolioUpdate {
  changes: PortfolioChange[];
  /** Projects whose changes follow immediately. */
  remaining: number;
  /** Projects in reach that are not followed, because there are too many. */
  omitted: number;
  at: Date;
}

/** Projects of one subscription, of one update, and events of a project in one update. */
const maxProjects = 500;
const projectsAtOnce = 100;
const eventsAtOnce = 20;
/** At most one update a second, unless the one before left something out. */
const coalesceMs = 1_000;

/**
 * All projects in use that the caller reaches: first each as it is, then each that has changed, with its events. It waits while the
 * database is unavailable.
 * @param after where the events of a project begin; those of others begin now, or with the first event of a project that is made later
 * @param signal ends the sequence, even during a wait
 * @throws UserError MALFORMED_ID, INVALID_INPUT, NOT_FOUND before the first update
 */
export async function followPortfolio(
  context: OperationContext,
  organizationId: string | null | undefined,
  after: readonly PortfolioPosition[] | null | undefined,
  signal: AbortSignal,
): Promise<AsyncGenerator<PortfolioUpdate>> {
  const organization = organizationId ? uuidOf('Organization', organizationId, ['organizationId']) : null;
  const isKnown = async () =>
    organization !== null && (await within(context, tx => organizationsById(tx, [organization]))).length > 0;
  if (organizationId && !(await isKnown()))
    throw new UserError('NOT_FOUND', 'Name an organization that exists.', { path: ['organizationId'] });
  return new Portfolio(context, organization, positionsOf(after ?? []), signal).updates();
}

function positionsOf(after: readonly PortfolioPosition[]): Map<string, number> {
  const path = ['after'];
  if (after.length > maxProjects) throw new UserError('INVALID_INPUT', `Give at most ${maxProjects} projects.`, { path });
  if (after.some(({ afterSeq }) => afterSeq < 0))
    throw new UserError('INVALID_INPUT', 'Give 0 or the last seq of each project.', { path });
  return new Map(after.map(({ projectId, afterSeq }) => [uuidOf('Project', projectId, path) ?? '', afterSeq]));
}

class Portfolio {
  /** What was sent of each project; null before its first update. */
  private readonly followed = new Map<string, { shown: string; seq: number } | null>();
  private readonly topics = new PortfolioTopics(id => this.followed.has(id));
  private isBegun = false;
  private total = 0;

  constructor(
    private readonly context: OperationContext,
    private readonly organizationId: string | null,
    /** Of projects that are not followed yet, or no longer. */
    private readonly positions: Map<string, number>,
    private readonly signal: AbortSignal,
  ) {}

  async *updates(): AsyncGenerator<PortfolioUpdate> {
    const { signal, topics } = this;
    const alarm = new Alarm(ring => topics.listen(this.context.wakeUps, ring), signal);
    let isFirst = true;
    try {
      while (!signal.aborted) {
        const update = await readWithRetries(() => within(this.context, tx => this.read(tx)), signal);
        if (!update) return;
        if (update.changes.length > 0 || isFirst) yield update;
        isFirst = false;
        // They count as sent only now: what is read again after a failure is sent again.
        for (const change of update.changes) this.noteSent(change);
        if (update.remaining > 0) continue;
        await sleep(coalesceMs, undefined, { signal }).catch(() => {}); // Aborted: the loop ends.
        if (!topics.isQuiet) continue;
        await alarm.next();
        // A wait that no wake-up has ended.
        if (topics.isQuiet) topics.isUncertain = true;
      }
    } finally {
      alarm.close();
    }
  }

  /** What a failure has taken is looked for among all. */
  private async read(tx: Tx): Promise<PortfolioUpdate> {
    const { topics, followed } = this;
    try {
      await this.find(tx);
      const taken = topics.takeChanged(projectsAtOnce);
      const projects = await portfolioOf(tx, taken.ids);
      const positions = projects.map(project => ({ id: project.id, seq: this.positionIn(project) }));
      const events = await eventsOfProjects(tx, positions, eventsAtOnce);
      const changes = projects.map(project => ({ project, events: events.get(project.id) ?? [] }));
      const cut = changes.filter(({ events: some }) => some.length === eventsAtOnce);
      for (const { project } of cut) topics.changed.add(project.id);
      return {
        changes: changes.filter(
          ({ project, events: some }) => some.length > 0 || shownOf(project) !== followed.get(project.id)?.shown,
        ),
        remaining: taken.left + cut.length,
        omitted: Math.max(0, this.total - followed.size),
        at: new Date(),
      };
    } catch (error) {
      topics.isUncertain = true;
      throw error;
    }
  }

  /** Finds projects that are new, and marks what may have changed. */
  private async find(tx: Tx): Promise<void> {
    const { topics, followed, organizationId } = this;
    const unknown = topics.takeUnknown();
    const isUncertain = topics.isUncertain;
    topics.isUncertain = false;
    const found = unknown.length === 0 || isUncertain ? [] : await projectsAmong(tx, unknown, organizationId);
    if (isUncertain || found.length > 0) {
      const { ids, total } = await portfolioIds(tx, organizationId, maxProjects);
      this.total = total;
      for (const id of ids) if (!followed.has(id) && followed.size < maxProjects) this.begin(id);
      this.isBegun = true;
    }
    if (isUncertain) for (const id of followed.keys()) topics.changed.add(id);
  }

  private begin(id: string): void {
    this.followed.set(id, null);
    // One that is made later is followed from its first event.
    if (this.isBegun && !this.positions.has(id)) this.positions.set(id, 0);
    this.topics.changed.add(id);
  }

  /** The event after which those of the project continue. */
  private positionIn({ id, lastSeq }: PortfolioProject): number {
    return this.followed.get(id)?.seq ?? this.positions.get(id) ?? lastSeq;
  }

  private noteSent({ project, events }: PortfolioChange): void {
    const { id, archivedAt, runs } = project;
    const seq = events.at(-1)?.seq ?? this.positionIn(project);
    this.positions.set(id, seq);
    this.topics.showRuns(
      id,
      runs.map(run => run.id),
    );
    if (archivedAt && seq >= project.lastSeq) this.followed.delete(id);
    else this.followed.set(id, { shown: shownOf(project), seq });
  }
}

/** Two that are equal look alike to the client. */
const shownOf = ({ runs, lastSeq: _, ...project }: PortfolioProject): string =>
  JSON.stringify([
    project,
    runs.map(({ id, state, fraction, waitingFor, blocker }) => [id, state, fraction, waitingFor, blocker]),
  ]);
