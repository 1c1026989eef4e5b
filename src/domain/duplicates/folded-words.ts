const longest = 500;

/**
 * The words of a name in a form for comparisons that people review. Case, punctuation, the accents of Latin and Greek letters, and the
 * Turkish difference between i and ı do not count. Other scripts keep their marks: there they are parts of the word.
 */
export function foldedWords(text: string): string[] {
  const plain = text
    .slice(0, longest)
    .normalize('NFKC')
    .replace(/[\p{Cf}.'’]/gu, '')
    .replace(/[İIı]/g, 'i')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .normalize('NFD')
    .replace(/([\p{Script=Latin}\p{Script=Greek}])\p{Mn}+/gu, '$1')
    .normalize('NFC');
  return plain.split(/[^\p{L}\p{M}\p{N}]+/u).filter(word => word !== '');
}

/** A name of a person; the order of its words does not count. '' if it has no letters. */
export function foldedPerson(name: string): string {
  const words = foldedWords(name).sort();
  return words.some(word => /\p{L}/u.test(word)) ? words.join(' ') : '';
}

const legalForms = new Set(
  'as ao anonim ltd limited sti sirketi sirket san tic ve inc incorporated llc llp corp corporation co company plc gmbh ag kg bv nv sa sas srl spa oy ab'.split(
    ' ',
  ),
);

/** A name of a company without its legal form. '' if it has no letters. */
export function foldedCompany(name: string): string {
  const words = foldedWords(name);
  const own = words.filter(word => !legalForms.has(word));
  const kept = own.length > 0 ? own : words;
  return kept.some(word => /\p{L}/u.test(word)) ? kept.join(' ') : '';
}
