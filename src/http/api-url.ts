/** The base URL with exactly one slash at its end, so that paths are resolved below it. */
export const withSlash = (baseUrl: string) => `${baseUrl.replace(/\/+$/, '')}/`;

/** The address of a resource below a base URL. */
export function apiUrl(baseUrl: string, path: string, parameters: Iterable<readonly [string, string]> = []): URL {
  const url = new URL(path.replace(/^\//, ''), withSlash(baseUrl));
  for (const [name, value] of parameters) url.searchParams.append(name, value);
  return url;
}
