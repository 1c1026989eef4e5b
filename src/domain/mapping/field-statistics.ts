import { createHash } from 'node:crypto';
import { isFilled, textOf } from '../model/record-fields.js';
import { canonicalEmail, isAcceptedEmail } from '../text/email-address.js';
import { isThousands, keepsDigits } from '../text/exact-json.js';
import { e164 } from '../text/phone-number.js';
import { isNoDate, parseZonedDate } from '../text/zoned-date.js';
import type { FieldProfile } from './field-mapping.js';

const maxSamples = 5;
const longestSample = 80;
const longestAttribute = 255;
/** Longer values are compared by digest, so that texts of mails do not fill the memory. */
const longestKept = 40;
const maxValues = 200;

/** Collects the statistics of one field. */
export class FieldStatistics {
  records = 0;
  filled = 0;
  tooLong = 0;
  refusedAsPhone = 0;
  refusedAsEmail = 0;
  unstorable = 0;
  private maxLength = 0;
  private readonly distinct = new Set<string>();
  private readonly samples: string[] = [];
  private counts: Map<string, number> | null = new Map();
  private wordCounts: Map<string, number> | null = new Map();
  private readonly fits = { boolean: true, integer: true, decimal: true, date: true, datetime: true, list: true, text: true };
  /** Whether each number is written as it would be printed: `1.10` may be a version. */
  private isPrinted = true;

  constructor(
    private readonly timeZone: string,
    private readonly country: string | null,
  ) {}

  /** @param word what the value is mapped by, for example the name of an id */
  add(value: unknown, word: unknown = value): void {
    if (!isFilled(value)) return;
    const text = textOf(value);
    if (text === '') return;
    this.filled++;
    this.maxLength = Math.max(this.maxLength, text.length);
    if (text.length > longestAttribute) this.tooLong++;
    if (text.includes('\0') || !text.isWellFormed()) this.unstorable++;
    const key = text.length > longestKept ? createHash('md5').update(text).digest('base64') : text;
    if (!this.distinct.has(key)) {
      this.distinct.add(key);
      if (this.samples.length < maxSamples) this.samples.push(printable(text));
    }
    this.counts = counted(this.counts, text);
    for (const each of [word].flat()) this.wordCounts = counted(this.wordCounts, textOf(each));
    this.narrow(value, text);
  }

  /** Checks phone numbers and addresses. Only on request, because it is slow. */
  addContactPoint(kind: 'phone' | 'email', value: unknown): void {
    const text = textOf(value);
    if (text === '') return;
    if (kind === 'phone' && e164(text, this.country) === null) this.refusedAsPhone++;
    if (kind === 'email' && !isAcceptedEmail(canonicalEmail(text))) this.refusedAsEmail++;
  }

  /** How often each value occurs; null if there are too many. */
  get values(): ReadonlyMap<string, number> | null {
    return this.counts;
  }

  /** How often each word occurs: the items of lists, the names of ids; null if there are too many. */
  get words(): ReadonlyMap<string, number> | null {
    return this.wordCounts;
  }

  /** Whether this holds for all values that are filled. */
  get isInteger(): boolean {
    return this.fits.integer;
  }
  get isDecimal(): boolean {
    return this.fits.decimal;
  }
  /** Whether all values are numbers that are written as they would be printed. */
  get isPrintedNumber(): boolean {
    return this.fits.decimal && this.isPrinted;
  }
  get isBoolean(): boolean {
    return this.fits.boolean;
  }
  get isDate(): boolean {
    return this.fits.date;
  }
  get isDatetime(): boolean {
    return this.fits.datetime;
  }

  profile(records: number): FieldProfile {
    return {
      dataType: this.dataType(),
      fillRate: records === 0 ? 0 : this.filled / records,
      distinctCount: this.distinct.size,
      maxLength: this.filled === 0 ? null : this.maxLength,
      samples: this.samples,
    };
  }

  private dataType(): string {
    if (this.filled === 0) return 'empty';
    for (const name of ['list', 'boolean', 'integer', 'decimal', 'date', 'datetime', 'text'] as const)
      if (this.fits[name] && (this.isPrinted || (name !== 'integer' && name !== 'decimal'))) return name;
    return 'mixed';
  }

  private narrow(value: unknown, text: string): void {
    const { fits } = this;
    const isText = typeof value === 'string';
    fits.list &&= Array.isArray(value);
    fits.text &&= isText;
    fits.boolean &&= typeof value === 'boolean' || text === 'true' || text === 'false';
    // A number with a leading zero or plus is a code, and would lose it.
    fits.decimal &&=
      typeof value === 'number' || (isText && /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text) && keepsDigits(text) && !isThousands(text));
    this.isPrinted &&= !isText || String(Number(text)) === text;
    fits.integer &&= fits.decimal && Number.isSafeInteger(Number(text)) && Math.abs(Number(text)) <= 2_147_483_647;
    // A value that means "no date" fits every type of date.
    if (isNoDate(text)) return;
    fits.date &&= isText && /^\d{4}-\d{2}-\d{2}$/.test(text) && parseZonedDate(text, 'UTC') !== null;
    fits.datetime &&= isText && /^\d{4}-\d{2}-\d{2}/.test(text) && parseZonedDate(text, this.timeZone) !== null;
  }
}

/** @returns null if there are too many, or a text is too long to be one of a few values */
function counted(counts: Map<string, number> | null, text: string): Map<string, number> | null {
  if (!counts || text === '') return counts;
  if (text.length > longestAttribute) return null;
  counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts.size > maxValues ? null : counts;
}

/** A text that the database can store and a person can read. */
function printable(text: string): string {
  const short = text.slice(0, longestSample).toWellFormed().replaceAll('\0', '\u2400');
  return text.length > longestSample ? `${short}…` : short;
}
