import { ownEntry } from '../model/own-entry.js';
import { digestOfValue } from './human-edits.js';
import type { ActualValue, ReadValue } from './verification.js';

/** Of a list only the expected elements count. People may have added others. */
export function noteRead(
  read: Record<string, ReadValue>,
  field: string,
  target: string,
  wanted: ActualValue,
  found: ActualValue,
): void {
  const known = ownEntry(read, target);
  if (known) known.fields.push(field);
  else if (!Array.isArray(wanted)) read[target] = { fields: [field], digest: digestOfValue(found) };
  else {
    const there = new Set(Array.isArray(found) ? found : []);
    const [present, lacking] = [true, false].map(is => wanted.filter(each => there.has(each) === is));
    read[target] = { fields: [field], digest: '', present: present!, lacking: lacking! };
  }
}
