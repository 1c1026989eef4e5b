import pg from 'pg';

/** A statement is prepared from this use on, so that statements which a process uses once take no memory. */
const preparedFromUse = 3;
/** A prepared statement takes some 20 to 40 kB in each connection of the database server. */
const maxPrepared = 300;
const maxCounted = 3_000;
/** Tables grow fast in a migration: a plan that was made for an empty table is replaced after this time. */
const planLifeMs = 5_000;

/** Names for the statements that repeat; null for the others. A pool has one for all of its connections. */
export class StatementNames {
  private readonly uses = new Map<string, number>();
  private readonly names = new Map<string, string>();

  nameOf(text: string): string | null {
    const known = this.names.get(text);
    if (known) return known;
    if (this.names.size >= maxPrepared) return null;
    const uses = (this.uses.get(text) ?? 0) + 1;
    if (uses < preparedFromUse) {
      if (this.uses.size >= maxCounted) this.uses.clear();
      this.uses.set(text, uses);
      return null;
    }
    this.uses.delete(text);
    const name = `landfall_${this.names.size + 1}`;
    this.names.set(text, name);
    return name;
  }
}

type Query = (text: unknown, ...rest: unknown[]) => unknown;

/**
 * A class of connections that prepare the statements with parameters that repeat. Postgres parses, rewrites and plans such a
 * statement once a connection; without that, this takes longer than most of our statements themselves.
 */
export function preparingClient(names: StatementNames): typeof pg.Client {
  return class extends pg.Client {
    private plannedAt = performance.now();
    /** A migration can change the columns of a statement. Its old name cannot be used again in this connection. */
    private generation = 0;

    // biome-ignore lint/suspicious/noExplicitAny: pg declares a dozen overloads.
    override query(text: any, ...rest: any[]): any {
      const query = super.query.bind(this) as Query;
      if (text === 'START TRANSACTION' && this.plansAreOld) return this.discardPlans(query).then(() => query(text, ...rest));
      const [values] = rest;
      if (typeof text !== 'string' || !Array.isArray(values) || values.length === 0) return query(text, ...rest);
      const name = names.nameOf(text);
      if (!name) return query(text, ...rest);
      const answer = query({ name: `${name}_${this.generation}`, text, values }, ...rest.slice(1));
      return answer instanceof Promise ? this.renamingAfterChange(answer) : answer;
    }

    private get plansAreOld(): boolean {
      return performance.now() - this.plannedAt >= planLifeMs;
    }

    private async discardPlans(query: Query): Promise<void> {
      this.plannedAt = performance.now();
      try {
        await query('DISCARD PLANS');
      } catch {
        // The statement that follows fails in the same way, and its caller handles that.
        this.plannedAt = 0;
      }
    }

    private async renamingAfterChange<T>(answer: Promise<T>): Promise<T> {
      try {
        return await answer;
      } catch (error) {
        if (isOutdatedPlan(error)) this.generation++;
        throw error;
      }
    }
  };
}

/** Whether the columns of a prepared statement changed. The same work succeeds when it is done again. */
export function isOutdatedPlan(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string };
  return code === '0A000' && message === 'cached plan must not change result type';
}
