import type { Blocker } from './blocker.js';

/** Thrown where a run cannot continue before somebody has done something; resumed, it continues where it stood. */
export class Blocked extends Error {
  constructor(readonly blocker: Blocker) {
    super(blocker.message);
    this.name = 'Blocked';
  }
}
