/**
 * An address for comparison: case makes no difference, nor does a Turkish İ or ı, which some keyboard wrote for an i.
 */
export function foldedEmail(address: string): string {
  return address.trim().normalize('NFKC').replace(/[İIı]/g, 'i').toLowerCase().replaceAll('i\u0307', 'i');
}

/** What Intercom takes for an address; anything else is kept in an attribute. */
export function isAcceptedEmail(address: string): boolean {
  return (
    address.length <= 255 &&
    /^[\p{L}\p{N}_.!#$%&'*+/=?^`{|}~-]+@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u.test(address) &&
    !address.includes('..')
  );
}
