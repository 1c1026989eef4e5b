import anyAscii from 'any-ascii';

/** Long enough for any label, and shorter than every known limit. */
const longestName = 100;
/** Letters, digits, currency signs, spaces, underscores and hyphens. No dot and no dollar sign. */
const legal = /^[\p{L}\p{N}\p{Sc}_ -]+$/u;

export function isLegalName(name: string): boolean {
  return name.length <= longestName && name.trim() === name && legal.test(name) && !name.includes('$');
}

/** Standard attributes of Intercom: an attribute of the same name would be confused with them. */
const standard = new Set(
  'id name email phone role external_id owner_id avatar created_at updated_at signed_up_at last_seen_at company_id plan size website industry monthly_spend remote_created_at tags title state status priority'.split(
    ' ',
  ),
);

/** A label in ASCII, to compare it with words: `E-posta (iş)` → `e posta is`. */
export const foldedLabel = (label: string) => plain(label).replaceAll('_', ' ');

/** A label in ASCII letters: `Müşteri Tipi` → `musteri_tipi`, `Город` → `gorod`; '' if it has none. */
function plain(label: string): string {
  return anyAscii(label.normalize('NFC'))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, longestName - 20);
}

/** Gives each label a legal and unique name. */
export class AttributeNames {
  private readonly taken: Set<string>;

  constructor(taken: Iterable<string> = []) {
    this.taken = new Set([...taken].map(name => name.toLowerCase()));
  }

  /** @param owner prefix of a name that is taken: `company` → `company_city` */
  name(label: string, owner: string): string {
    const base = plain(label) || 'field';
    const own = `${owner}_${base}`;
    const numbered = function* () {
      if (!standard.has(base)) yield base;
      yield own;
      for (let number = 2; ; number++) yield `${own}_${number}`;
    };
    for (const name of numbered()) {
      if (this.taken.has(name)) continue;
      this.taken.add(name);
      return name;
    }
    throw new Error('Unreachable: numbers do not end.');
  }
}
