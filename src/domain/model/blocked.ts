import type { Blocker } from './blocker.js';

/** Thrown if a run cannot continue before a person acts. A resumed run continues where it stopped. */
export class Blocked extends Error {
  constructor(readonly blocker: Blocker) {
    super(blocker.message);
    this.name = 'Blocked';
  }
}
