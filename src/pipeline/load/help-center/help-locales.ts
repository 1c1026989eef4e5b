import type { HelpCenterView } from '../../../domain/model/help-center.js';
import type { NewIssue } from '../../../domain/model/issue.js';
import { listingOf } from '../../../domain/model/record-types.js';
import type { Destination } from '../../../domain/ports/destination.js';
import type { Loading } from '../engine/loading.js';

/** Reads the help center of the workspace once; null if it has none. A call that failed is made again. */
export function helpCenterReader(destination: Pick<Destination, 'helpCenter'>): Loading['helpCenter'] {
  let read: Promise<HelpCenterView | null> | undefined;
  return () => {
    read ??= destination.helpCenter().catch(error => {
      read = undefined;
      throw error;
    });
    return read;
  };
}

/**
 * Chooses the version for the default locale of the help center, and the other versions. Versions in a language that is not
 * enabled, or second ones in a language, are reported.
 * @param given the language of the account first: it is used if the default locale has no version
 */
export async function versionsFor<T extends { language: string }>(
  context: Loading,
  given: readonly T[],
  report: (language: string, isRepeated: boolean) => NewIssue,
): Promise<{ main: T; others: T[]; issues: NewIssue[]; missing: string[] }> {
  const center = await context.helpCenter();
  // Case does not count: EN is en.
  const localeOf = (language: string) => center?.locales.find(each => sameLanguage(each, language)) ?? language;
  const versions = given.map(each => ({ ...each, language: localeOf(each.language) }));
  const own = versions[0]!;
  const isOn = (language: string) => !center || center.locales.length === 0 || center.locales.includes(language);
  const main = versions.find(({ language }) => sameLanguage(language, center?.defaultLocale ?? own.language)) ?? own;
  const shownIn = center?.defaultLocale ?? own.language;
  // It is shown in the default locale, independent of its language, and also in its own language if that is enabled.
  const again = main === own && !sameLanguage(own.language, shownIn) && isOn(own.language) ? [own] : [];
  const taken = new Set([localeOf(shownIn)]);
  const others: T[] = [];
  const issues: NewIssue[] = [];
  const missing: string[] = [];
  for (const each of [...again, ...versions.filter(version => version !== main)]) {
    if (isOn(each.language) && !taken.has(each.language)) {
      others.push(each);
      taken.add(each.language);
    } else {
      missing.push(each.language);
      issues.push(report(each.language, isOn(each.language)));
    }
  }
  return { main, others, issues, missing };
}

const sameLanguage = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** The same for a category. */
export async function localesOf(
  context: Loading,
  translations: readonly { language: string; name: string; description: string | null }[],
  { sourceId, name, description }: { sourceId: string; name: string; description: string | null },
) {
  const center = await context.helpCenter();
  const language =
    center?.defaultLocale && translations.some(each => sameLanguage(each.language, center.defaultLocale!))
      ? ''
      : (center?.defaultLocale ?? '');
  const versions = [{ language, name, description }, ...translations];
  const { main, others, issues } = await versionsFor(context, versions, (locale, isRepeated) =>
    localeIssue('CATEGORY', sourceId, locale, isRepeated),
  );
  return { main, others: others.filter(each => each.language !== ''), issues: issues.filter(each => each.about !== '') };
}

export const localeIssue = (
  recordType: 'CATEGORY' | 'ARTICLE',
  sourceId: string,
  locale: string,
  isRepeated: boolean,
): NewIssue => ({
  code: isRepeated ? 'TRANSLATION_REPEATED' : 'LOCALE_NOT_ENABLED',
  severity: 'WARNING',
  recordType,
  listing: listingOf(recordType),
  sourceId,
  about: locale,
  message: isRepeated
    ? `A second version in ${locale} was not loaded. There already is one in this language.`
    : `Its version in ${locale} was not loaded. The help center does not have this language enabled.`,
  hint: isRepeated
    ? 'Compare the two at the source, and correct the article in Intercom if the other one must be shown.'
    : 'Enable the language in Intercom, propose and confirm the mapping again, and start the run again.',
});
