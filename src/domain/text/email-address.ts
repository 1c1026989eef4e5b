/** Characters that are not printable, and direction marks and joiners, which are often copied together with an address. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * The form of an address that is used to group, search and send it: without invisible characters, with composed accents, and in
 * lower case as in Intercom.
 */
export const canonicalEmail = (text: string) =>
  text.replace(invisible, '').trim().normalize('NFC').toLowerCase().normalize('NFC');

/**
 * The form of a teammate's address for a comparison that a person reviews. Turkish İ and ı count as i, because some keyboards
 * produce them for i.
 */
export function foldedEmail(address: string): string {
  return address.trim().normalize('NFKC').replace(/[İIı]/g, 'i').toLowerCase().replaceAll('i\u0307', 'i');
}

/** Whether Intercom accepts it as an address. Any other text is kept in an attribute. @param address canonical */
export function isAcceptedEmail(address: string): boolean {
  return (
    address.length <= 255 &&
    /^[\p{L}\p{M}\p{N}_.!#$%&'*+/=?^`{|}~-]+@[\p{L}\p{M}\p{N}-]+(\.[\p{L}\p{M}\p{N}-]+)+$/u.test(address) &&
    !address.includes('..')
  );
}
