import { pipeline } from 'node:stream';
import { parse } from 'csv-parse';
import type { BlobStore } from '../../domain/ports/blob-store.js';
import { documentByName } from '../../store/documents.js';
import type { RunWork } from '../../store/run-work.js';

/** A table in the documents, read row by row. */
export class KeptTable {
  private head: string[] | null | undefined;

  private constructor(private readonly rows: AsyncIterator<string[]> | null) {}

  /** A missing or changed table has no rows. */
  static async open({ work, blobs }: { work: RunWork; blobs: BlobStore }, name: string): Promise<KeptTable> {
    const document = await work.transaction(tx => documentByName(tx, work.lease.projectId, name));
    if (!document || (await blobs.state(document.sha256)) !== 'KEPT') return new KeptTable(null);
    const parser = parse({ bom: true, record_delimiter: '\r\n', relax_column_count: true });
    // Errors of both streams are thrown to the reader.
    pipeline(blobs.stream(document.sha256), parser, () => {});
    return new KeptTable(parser[Symbol.asyncIterator]() as AsyncIterator<string[]>);
  }

  /** Takes the next row if it begins with these cells. Otherwise returns null, and the row stays the next one. */
  async take(...key: readonly string[]): Promise<string[] | null> {
    const head = await this.peek();
    if (!head || key.some((cell, position) => head[position] !== cell)) return null;
    this.head = undefined;
    return head;
  }

  /** Stops reading. */
  async close(): Promise<void> {
    await this.rows?.return?.();
  }

  private async peek(): Promise<string[] | null> {
    if (this.head === undefined) {
      const next = await this.rows?.next();
      this.head = !next || next.done ? null : next.value;
    }
    return this.head;
  }
}
