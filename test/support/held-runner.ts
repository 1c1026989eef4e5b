import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Secret } from '../../src/domain/model/secret.js';
import type { PublicFiles } from '../../src/domain/ports/public-files.js';
import type { Source, SourceListing } from '../../src/domain/ports/source.js';
import { LocalWakeUps } from '../../src/events/wake-ups.js';
import { LocalBlobStore } from '../../src/files/local-blob-store.js';
import { zipArchive } from '../../src/files/zip-archive.js';
import { Runner } from '../../src/jobs/runner.js';
import type { RunnerOptions } from '../../src/jobs/runner-options.js';
import { createDataSource } from '../../src/store/data-source.js';

const listing = { recordType: 'COMPANY', shape: 'PAGES', observed: true, byId: false, since: false } as const;
const listings: SourceListing[] = [
  { name: 'companies', ...listing },
  { name: 'more companies', ...listing },
];

/** A source whose first census waits until the test lets it answer: the run is paused at that moment. */
class HeldSource {
  /** Calls of any kind. */
  asked = 0;
  private readonly gate = Promise.withResolvers<void>();
  private readonly reached = Promise.withResolvers<void>();

  /** Resolves once the census was asked for. */
  readonly inCensus = this.reached.promise;

  letGo(): void {
    this.gate.resolve();
  }

  fail(error: Error): void {
    this.gate.reject(error);
  }

  /** The parts of it that a DISCOVERY asks for: one call for the plan, one for each of two listings. */
  asSource(): Source {
    const plan = {
      code: 'x',
      chatHistoryRetentionDays: null,
      mailAccountLimit: null,
      chatWidgetLimit: null,
      recordingDownload: null,
    };
    const parts: Pick<Source, 'listings' | 'plan' | 'count'> = {
      listings,
      plan: async () => {
        this.asked++;
        return plan;
      },
      count: async () => {
        this.asked++;
        this.reached.resolve();
        await this.gate.promise;
        return { total: 0, at: new Date() };
      },
    };
    return parts as Source;
  }
}

/** A runner of the test's own, on the database of a server, with a source that stops where the test wants it. */
export async function heldRunner(serverUrl: string, { unsubscribe = false }: { unsubscribe?: boolean } = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'landfall-runner-'));
  const database = await createDataSource(serverUrl).initialize();
  const source = new HeldSource();
  // One without wake-ups has a long lease, and sees no request in that time.
  let beats = 0;
  const heartbeats = {
    transaction: async (work: never) => {
      if (unsubscribe) return new Promise(() => {});
      const result = await database.transaction(work);
      beats++;
      return result;
    },
  } as unknown as RunnerOptions['heartbeats'];
  const blobs = new LocalBlobStore(directory);
  const unused = () => {
    throw new Error('A DISCOVERY needs no destination.');
  };
  const runner = new Runner({
    database,
    heartbeats,
    wakeUps: new LocalWakeUps(),
    usage: { add: () => {} },
    blobs,
    packArchive: zipArchive(blobs),
    publicFiles: {} as PublicFiles,
    openSource: () => source.asSource(),
    openDestination: unused,
    unseal: () => new Secret('unused'),
    leaseMs: 60_000,
    concurrentRuns: 4,
    runsPerTenant: 4,
    settleMs: 10,
    requestTimeoutMs: 1_000,
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
  });
  onTestFinished(async () => {
    source.letGo();
    await runner.stop();
    await database.destroy();
    rmSync(directory, { recursive: true, force: true });
  });
  return { runner, source, beats: () => beats };
}
