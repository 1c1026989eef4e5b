import type { HelpCenterView } from '../../domain/help-center.js';
import type { NewIssue } from '../../domain/issue.js';
import type { Loading } from './loading.js';

const centers = new WeakMap<Loading, Promise<HelpCenterView | null>>();

/** The workspace's help centre, asked for once a run; null where it has none. */
export function helpCenterOf(x: Loading): Promise<HelpCenterView | null> {
  const known = centers.get(x) ?? x.destination.helpCenter();
  centers.set(x, known);
  return known;
}

/**
 * Which version of something goes to the default locale of the help centre, and which others go with it; what is written in
 * a language that is not switched on is told.
 * @param own in the language of the account, which stands in where the default locale has no version
 */
export async function versionsFor<T extends { language: string }>(
  x: Loading,
  versions: readonly T[],
  tell: (language: string) => NewIssue,
): Promise<{ main: T; others: T[]; issues: NewIssue[]; missing: string[] }> {
  const center = await helpCenterOf(x);
  const own = versions[0]!;
  const isOn = (language: string) => !center || center.locales.length === 0 || center.locales.includes(language);
  const main = versions.find(({ language }) => language === (center?.defaultLocale ?? own.language)) ?? own;
  const others = versions.filter(each => each !== main && isOn(each.language));
  // In the default locale it is shown, whatever language it is in; beside that in its own, where that is switched on.
  if (main === own && center?.defaultLocale && own.language !== center.defaultLocale && isOn(own.language)) others.unshift(own);
  const missing = versions.filter(each => each !== main && !isOn(each.language)).map(({ language }) => language);
  return { main, others, issues: missing.map(tell), missing };
}

/** The same of a category, which has a name alone. */
export async function localesOf(
  x: Loading,
  translations: readonly { language: string; name: string; description: string | null }[],
  { sourceId, name, description }: { sourceId: string; name: string; description: string | null },
) {
  const center = await helpCenterOf(x);
  const language =
    center?.defaultLocale && translations.some(each => each.language === center.defaultLocale)
      ? ''
      : (center?.defaultLocale ?? '');
  const versions = [{ language, name, description }, ...translations];
  const { main, others } = await versionsFor(x, versions, locale => localeIssue('CATEGORY', sourceId, locale));
  return { main, others: others.filter(each => each.language !== '') };
}

export const localeIssue = (recordType: 'CATEGORY' | 'ARTICLE', sourceId: string, locale: string): NewIssue => ({
  code: 'LOCALE_NOT_ENABLED',
  severity: 'WARNING',
  recordType,
  listing: recordType === 'CATEGORY' ? 'articlecategories' : 'articles',
  sourceId,
  about: locale,
  message: `Its version in ${locale} did not move: the help centre does not have this language.`,
  hint: 'Switch the language on in Intercom, propose and confirm the mapping again, and start the run again.',
});
