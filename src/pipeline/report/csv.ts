import { stringify } from 'csv-stringify/sync';

type Cell = string | number | boolean | null | undefined;

/** What spreadsheets would carry out instead of showing it; numbers and telephone numbers may begin so. */
const formula = /^[=@\t\r]|^[+-](?![\d\s().-]+$)/;

const safe = (cell: Cell) =>
  typeof cell === 'string' && formula.test(cell) ? `'${cell}` : cell === true ? 'true' : cell === false ? 'false' : cell;

/** Rows as CSV (RFC 4180, UTF-8 with a byte order mark, so that spreadsheets read its letters); many of them at a time. */
export async function* csvOf(
  columns: readonly string[],
  rows: AsyncIterable<readonly Cell[]> | Iterable<readonly Cell[]>,
): AsyncGenerator<Buffer> {
  let waiting: (readonly Cell[])[] = [columns];
  const flush = () =>
    Buffer.from(
      stringify(
        waiting.map(row => row.map(safe)),
        { record_delimiter: '\r\n' },
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
