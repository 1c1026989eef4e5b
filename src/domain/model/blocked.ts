import type { Blocker } from './blocker.js';

/** Thrown where a run can't go on before somebody has done something; resumed, it goes on where it stood. */
export class Blocked extends Error {
  constructor(readonly blocker: Blocker) {
    super(blocker.message);
    this.name = 'Blocked';
  }
}
