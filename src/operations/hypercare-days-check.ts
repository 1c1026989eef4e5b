import { maxHypercareDays } from '../domain/model/cutover.js';
import type { InputCheck } from './input-check.js';

/** @returns null if none are given */
export function checkHypercareDays(check: InputCheck, given: number | null | undefined): number | null {
  const days = given ?? null;
  if (days !== null && (days < 0 || days > maxHypercareDays)) check.add('hypercareDays', `Give 0 to ${maxHypercareDays} days.`);
  return days;
}
