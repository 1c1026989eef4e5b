import { stringify } from 'csv-stringify/sync';
import { type Cell, cellText } from '../../domain/text/table-cell.js';

/** Rows as CSV (RFC 4180, UTF-8 with a byte order mark for spreadsheets), in batches. */
export async function* csvOf(
  columns: readonly string[],
  rows: AsyncIterable<readonly Cell[]> | Iterable<readonly Cell[]>,
): AsyncGenerator<Buffer> {
  let waiting: (readonly Cell[])[] = [columns];
  const flush = () =>
    Buffer.from(
      stringify(
        waiting.map(row => row.map(cellText)),
        // Cells with any kind of line break are quoted.
        { record_delimiter: '\r\n', quoted_match: /[\r\n]/ },
      ),
    );
  yield Buffer.from('\ufeff');
  for await (const row of rows) {
    waiting.push(row);
    if (waiting.length < 500) continue;
    yield flush();
    waiting = [];
  }
  if (waiting.length > 0) yield flush();
}
