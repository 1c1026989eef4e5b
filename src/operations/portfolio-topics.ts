import type { WakeUps } from '../domain/ports/wake-ups.js';

const maxTopics = 10_000;

/**
 * What has changed of many projects, by the wake-ups of all tenants. A wake-up names a project or a run. One that is not followed is
 * looked up once.
 */
export class PortfolioTopics {
  /** Projects to be read. */
  readonly changed = new Set<string>();
  /** Whether any project may have changed, or be new. */
  isUncertain = true;
  private unknown = new Set<string>();
  private readonly foreign = new Set<string>();
  private readonly projectOfRun = new Map<string, string>();

  constructor(private readonly isFollowed: (projectId: string) => boolean) {}

  /** @param ring called on what may concern a project that is followed. @returns function that ends it */
  listen(wakeUps: WakeUps, ring: () => void): () => void {
    return wakeUps.listenToAll(topic => {
      if (this.note(topic)) ring();
    });
  }

  /** The runs whose progress is shown. */
  showRuns(projectId: string, runIds: readonly string[]): void {
    for (const [runId, of] of this.projectOfRun) if (of === projectId) this.projectOfRun.delete(runId);
    for (const runId of runIds) this.projectOfRun.set(runId, projectId);
  }

  /** Projects to be read now: what changes later is noted again. `left` is how many are read after them. */
  takeChanged(limit: number): { ids: string[]; left: number } {
    const ids = [...this.changed].slice(0, limit);
    for (const id of ids) this.changed.delete(id);
    return { ids, left: this.changed.size };
  }

  /** Topics that may be new projects, once. */
  takeUnknown(): string[] {
    const taken = [...this.unknown];
    this.unknown = new Set();
    if (this.foreign.size > maxTopics) this.foreign.clear();
    for (const topic of taken) this.foreign.add(topic);
    return taken;
  }

  get isQuiet(): boolean {
    return !this.isUncertain && this.changed.size === 0 && this.unknown.size === 0;
  }

  private note(topic: string | null): boolean {
    if (topic === null || this.unknown.size > maxTopics) {
      this.unknown.clear();
      this.isUncertain = true;
      return true;
    }
    const project = this.isFollowed(topic) ? topic : this.projectOfRun.get(topic);
    if (project) this.changed.add(project);
    else if (this.foreign.has(topic) || !isUuid.test(topic)) return false;
    else this.unknown.add(topic);
    return true;
  }
}

const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
