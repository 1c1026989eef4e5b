import type { IntercomSettings } from './settings.js';

/** Counts calls by windows of the app and of its workspace. The headers report the smaller remaining number. */
export class Windows {
  /** Every window in which something was called: calls of the app that were counted, and that were refused. */
  readonly history: { number: number; limit: number; used: number; refused: number }[] = [];
  private window = { number: -1, used: 0 };
  /** Calls of the workspace's other apps in this window. */
  usedByOthers = 0;

  constructor(private readonly settings: IntercomSettings) {}

  /** @returns whether the call is refused, and the rate limit headers */
  spend(): { exhausted: boolean; headers: Record<string, string>; limit: number } {
    const { limits } = this.settings;
    if (!limits) return { exhausted: false, headers: {}, limit: 0 };
    const number = Math.floor(Date.now() / limits.windowMs);
    if (number !== this.window.number) {
      this.window = { number, used: 0 };
      this.usedByOthers = 0;
    }
    const left = Math.min(limits.app - this.window.used, limits.workspace - this.window.used - this.usedByOthers);
    const exhausted = left <= 0;
    if (!exhausted) this.window.used++;
    const limit = Math.min(limits.app, limits.workspace);
    if (this.history.at(-1)?.number !== number) this.history.push({ number, limit, used: 0, refused: 0 });
    const counted = this.history.at(-1)!;
    counted[exhausted ? 'refused' : 'used']++;
    counted.limit = limit;
    const headers = {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(Math.max(0, left - 1)),
      'x-ratelimit-reset': String(Math.ceil(((number + 1) * limits.windowMs) / 1000)),
    };
    return { exhausted, headers, limit };
  }
}
