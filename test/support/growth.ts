import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** How much longer the longer text is: in proportion it costs 16 times as much, by the square 256. */
const factor = 16;
/** Between the two, with room for garbage and caches that are too small. */
export const maxInProportion = 60;

/** From here on what bounds the work of odd texts (depth, open formatting) is reached. */
const smallest = 4_000;
const largest = 128_000;
/** Large enough that it is the text that takes the time, and that the clock of the processor is fine enough. */
const worthMeasuringMs = 100;
const maxRounds = 3;

/** Milliseconds of this thread only, without other processes and without garbage collection in helper threads. */
function cost(work: () => void): number {
  // Collect earlier garbage first.
  collectGarbage();
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

/**
 * How much more the work costs for a text that is 16 times as long. Sixteen short ones are compared with a long one, in turn; the
 * quickest of each counts, and where the growth looks too large they are measured again.
 */
export function growthOf(work: (text: string) => void, make: (size: number) => string): number {
  const many = (text: string) => () => {
    for (let time = 0; time < factor; time++) work(text);
  };
  let size = smallest;
  let short = cost(many(make(size)));
  for (; size < largest && short < worthMeasuringMs; short = cost(many(make(size)))) size *= 2;
  const [few, text] = [many(make(size)), make(size * factor)];
  let long = Number.POSITIVE_INFINITY;
  for (let round = 0; round < maxRounds && long * factor >= short * maxInProportion; round++) {
    short = Math.min(short, cost(few));
    long = Math.min(
      long,
      cost(() => work(text)),
    );
  }
  return (factor * long) / short;
}
