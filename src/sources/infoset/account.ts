import { Blocked } from '../../domain/model/blocked.js';
import { CallFailure } from '../../domain/ports/call-failure.js';
import type { SourcePlan } from '../../domain/ports/source.js';
import { keptText } from '../../domain/text/kept-text.js';
import { knownTimeZone, usualTimeZone } from '../../domain/text/time-zone.js';
import type { InfosetClient } from './client.js';
import { maxBytes } from './limits.js';
import type { InfosetOptions } from './options.js';
import { planOf, timeZoneOf } from './shapes/account.js';

/** Facts about the account as a whole; the options fill in what it does not report. */
export class InfosetAccount {
  private knownZone: string | null;

  constructor(
    private readonly client: InfosetClient,
    private readonly path: string,
    private readonly options: InfosetOptions,
  ) {
    this.knownZone = options.timeZone === undefined ? null : checkedZone(options.timeZone);
  }

  async plan(): Promise<SourcePlan> {
    return planOf(await this.read(), { ...this.options });
  }

  /** The time zone of dates without an offset. */
  async timeZone(): Promise<string> {
    if (this.knownZone === null) this.learn(await this.read());
    return this.knownZone!;
  }

  /** Takes the time zone from the record of the account, so that it is not requested twice. */
  learn(account: Record<string, unknown> | null): void {
    if (this.knownZone !== null) return;
    const zone = timeZoneOf(account ?? {});
    this.knownZone = zone === null ? usualTimeZone : checkedZone(zone);
  }

  private async read(): Promise<Record<string, unknown> | null> {
    try {
      return (await this.client.get(this.path, [], { limit: maxBytes.facts })).json as Record<string, unknown> | null;
    } catch (error) {
      // This resource may not exist. Then the options and the defaults apply.
      if (error instanceof CallFailure && (error.kind === 'FORBIDDEN' || error.kind === 'NOT_FOUND')) return null;
      throw error;
    }
  }
}

/** @throws Blocked TIME_ZONE_UNKNOWN: in an unknown zone every time without an offset would be wrong */
function checkedZone(name: string): string {
  const zone = knownTimeZone(name);
  if (zone !== null) return zone;
  const message = `Give timeZone in the options of the SOURCE connection, as IANA names it, for example ${usualTimeZone}: the account names its zone “${keptText(name, 60)}”, which does not exist. Then resume the run.`;
  throw new Blocked({ code: 'TIME_ZONE_UNKNOWN', message });
}
