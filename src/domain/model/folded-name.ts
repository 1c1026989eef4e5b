/** A name of a team for comparison: case and white space at the ends do not count. */
export const foldedName = (name: string) => name.trim().toLocaleLowerCase('tr').replaceAll('ı', 'i').replaceAll('i\u0307', 'i');
