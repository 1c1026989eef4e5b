import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** How often a stage reaches each point, and of which of these a process was killed. */
interface Stage {
  reached: Map<string, number>;
  killed: Set<string>;
}

interface Line {
  reached?: { stage: string; counts: Record<string, number> };
  kill?: { stage: string; point: string; occurrence: number };
  found?: string[];
  round?: number;
}

/** What a process is told: it dies at these occurrences of these points. */
export interface Order {
  stage: string;
  results: string;
  chosen: Record<string, number[]>;
  /** It dies at this point of all that it reaches, whichever it is; null for none. */
  at: number | null;
  known: string[];
}

/** The kills of a stage in a round: chosen points, or moments. The first process dies at the first moment, and so on. */
export interface Choice {
  points: [point: string, occurrence: number][];
  moments: number[];
}

/** A point is more than one kill if it is reached more than once: so many of its occurrences. */
const depth = 4;

/** The kills of all invocations that share a file of results. A later one continues with what is left. */
export class KillLedger {
  private readonly stages = new Map<string, Stage>();
  private linesRead = 0;
  rounds = 0;

  constructor(
    readonly results: string,
    private readonly seed: number,
  ) {
    this.read();
  }

  add(line: object): void {
    appendFileSync(this.results, `${JSON.stringify(line)}\n`);
    this.read();
  }

  /** Reads what was added, also by the processes that died. */
  read(): void {
    if (!existsSync(this.results)) return;
    const lines = readFileSync(this.results, 'utf8').split('\n').filter(Boolean);
    for (const text of lines.slice(this.linesRead)) this.take(JSON.parse(text) as Line);
    this.linesRead = lines.length;
  }

  get kills(): number {
    return [...this.stages.values()].reduce((sum, { killed }) => sum + killed.size, 0);
  }

  /** A Markdown table: of each stage the points that it reaches, those at which a process was killed, and the kills. */
  summary(): string {
    const rows = [...this.stages].map(([name, { reached, killed }]) => {
      const points = new Set([...killed].map(each => each.slice(0, each.lastIndexOf('#'))));
      return [name, reached.size, points.size, killed.size];
    });
    const sum = (column: number) => rows.reduce((total, row) => total + Number(row[column]), 0);
    const all = [
      ['stage', 'points that it reaches', 'points with a kill', 'kills'],
      ['---', '---', '---', '---'],
      ...rows,
      ['all', sum(1), sum(2), sum(3)],
    ];
    return all.map(row => `| ${row.join(' | ')} |`).join('\n');
  }

  /** Occurrences that are known and at which no process was killed. */
  left(stage: string): Choice['points'] {
    const { reached, killed } = this.stage(stage);
    return [...reached].flatMap(([point, count]) =>
      Array.from({ length: Math.min(count, depth) }, (_, index): [string, number] => [point, index + 1]).filter(
        ([, occurrence]) => !killed.has(`${point}#${occurrence}`),
      ),
    );
  }

  /** Chooses by the seed. */
  choose(stage: string, round: number, size: number): Choice['points'] {
    const rank = (each: [string, number]) => createHash('sha256').update(`${this.seed} ${round} ${stage} ${each}`).digest('hex');
    const ranked = this.left(stage).map(each => [rank(each), each] as const);
    return ranked
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .slice(0, size)
      .map(([, each]) => each);
  }

  /** What is left of a choice. */
  order(stage: string, points: Choice['points'], at: number | null = null): Order {
    const { reached, killed } = this.stage(stage);
    const chosen: Record<string, number[]> = {};
    for (const [point, occurrence] of points) {
      if (killed.has(`${point}#${occurrence}`)) continue;
      chosen[point] ??= [];
      chosen[point].push(occurrence);
    }
    return { stage, results: this.results, chosen, at, known: [...reached.keys()] };
  }

  private take({ reached, kill, found, round }: Line): void {
    if (reached) {
      const known = this.stage(reached.stage).reached;
      for (const [point, count] of Object.entries(reached.counts)) known.set(point, Math.max(count, known.get(point) ?? 0));
    }
    if (kill) {
      const { reached: known, killed } = this.stage(kill.stage);
      killed.add(`${kill.point}#${kill.occurrence}`);
      for (const point of found ?? []) if (!known.has(point)) known.set(point, 1);
    }
    this.rounds = Math.max(this.rounds, round ?? 0);
  }

  private stage(name: string): Stage {
    let stage = this.stages.get(name);
    if (!stage) {
      stage = { reached: new Map(), killed: new Set() };
      this.stages.set(name, stage);
    }
    return stage;
  }
}
