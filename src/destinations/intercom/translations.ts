import type { Answer } from './answer.js';

/** The translations of a collection or an article by locale. Locales without content are left out. */
export function translationsIn<T>(
  { translated_content: translations }: Answer,
  toContent: (content: Answer) => T,
): Record<string, T> {
  const entries = Object.entries((translations ?? {}) as Record<string, Answer | null>);
  return Object.fromEntries(
    entries.flatMap(([locale, content]) => (content && typeof content === 'object' ? [[locale, toContent(content)]] : [])),
  );
}
