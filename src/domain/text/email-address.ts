/** Marks of direction, joiners and their like, which come along when an address is copied; and what can't be printed. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * An address as it is grouped, looked for and sent: without what shows nothing, its accents composed, its case folded as
 * Intercom folds it.
 */
export const canonicalEmail = (text: string) =>
  text.replace(invisible, '').trim().normalize('NFC').toLowerCase().normalize('NFC');

/**
 * An address of a teammate for comparison, which a person looks at afterwards: a Turkish İ or ı makes no difference either,
 * for some keyboard wrote it for an i.
 */
export function foldedEmail(address: string): string {
  return address.trim().normalize('NFKC').replace(/[İIı]/g, 'i').toLowerCase().replaceAll('i\u0307', 'i');
}

/** What Intercom takes for an address; anything else is kept in an attribute. @param address canonical */
export function isAcceptedEmail(address: string): boolean {
  return (
    address.length <= 255 &&
    /^[\p{L}\p{M}\p{N}_.!#$%&'*+/=?^`{|}~-]+@[\p{L}\p{M}\p{N}-]+(\.[\p{L}\p{M}\p{N}-]+)+$/u.test(address) &&
    !address.includes('..')
  );
}
