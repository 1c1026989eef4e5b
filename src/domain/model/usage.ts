/** What an organization has used. */
export interface Usage {
  /** Operations of the API. */
  requests: number;
  /** Calls to platforms and webhooks, retries included. */
  calls: number;
  /** Records that were read from a source and stored. */
  recordsRead: number;
  /** Records that were written to a workspace. A later change of a record counts again. */
  recordsLoaded: number;
  /** Of files and recordings. */
  bytesStored: number;
}

export const noUsage = (): Usage => ({ requests: 0, calls: 0, recordsRead: 0, recordsLoaded: 0, bytesStored: 0 });

export function addUsage(sum: Usage, more: Partial<Usage>): void {
  for (const name of Object.keys(more) as (keyof Usage)[]) sum[name] += more[name]!;
}

/** The months from one to another, as YYYY-MM; null if they are not months, not in order, or too many. */
export function monthsBetween(from: string, to: string, most: number): string[] | null {
  const numberOf = (month: string) => {
    const [, year, number] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month) ?? [];
    return year ? Number(year) * 12 + Number(number) - 1 : null;
  };
  const [first, last] = [numberOf(from), numberOf(to)];
  if (first === null || last === null || last < first || last - first >= most) return null;
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const year = Math.floor((first + index) / 12);
    return `${String(year).padStart(4, '0')}-${String(((first + index) % 12) + 1).padStart(2, '0')}`;
  });
}
