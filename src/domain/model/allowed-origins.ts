/**
 * Reads origins such as `https://portal.example`, separated by commas. There are no wildcards: every page in the world could use a key
 * that a person types into it.
 * @returns null if one of them is not an origin
 */
export function readOrigins(text: string): string[] | null {
  const names = text.split(',').flatMap(each => each.trim() || []);
  const urls = names.map(name => URL.parse(name));
  const areOrigins = urls.every(url => url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`);
  return areOrigins ? urls.map(url => url!.origin) : null;
}
