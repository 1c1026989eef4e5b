import { type Fields, textOf } from '../../../domain/model/record-fields.js';
import type { TextPattern } from '../../../domain/model/source-shapes.js';
import type { SourcePlan } from '../../../domain/ports/source.js';

/** The time zone that an account names; null if it names none. */
export const timeZoneOf = ({ timeZone }: Fields): string | null => textOf(timeZone) || null;

/** The plan of an account. The options of the connection fill in what the account does not report. */
export function planOf(account: Fields | null, options: Fields): SourcePlan {
  const plan = (account?.plan ?? {}) as Fields;
  const reported = <T>(type: string, name: string, option = name) =>
    ((typeof plan[name] === type ? plan[name] : (options[option] ?? null)) as T | null) ?? null;
  return {
    code: reported<string>('string', 'code', 'planCode') ?? 'UNKNOWN',
    chatHistoryRetentionDays: reported<number>('number', 'chatHistoryRetentionDays'),
    mailAccountLimit: reported<number>('number', 'mailAccountLimit'),
    chatWidgetLimit: reported<number>('number', 'chatWidgetLimit'),
    recordingDownload: reported<boolean>('boolean', 'recordingDownload'),
  };
}

/** Whether an agent, a mail account, a widget or an automation is in use: only an explicit status means that it is not. */
export const isActive = ({ isActive: active, status }: Fields): boolean => active !== false && status !== 'passive';

/** An automation that is a campaign. */
export const isCampaign = ({ kind }: Fields): boolean => kind === 'campaign';
export const campaign: TextPattern = { matches: String.raw`"kind"\s*:\s*"campaign"`, matchesNone: [] };

/** A language of an article or a category in its JSON text: the first group. In JSON text, quotes of texts are escaped. */
export const languageInText = String.raw`"language"\s*:\s*"([A-Za-z_-]{2,12})"`;

interface Definition {
  label: string;
  type: string;
  options: string[];
  /** Whether the source asks for a value. */
  isRequired: boolean;
}

/** The definition of a custom field; null if it has no label. */
export function definitionOf({ label, type, options, isRequired }: Fields): Definition | null {
  if (typeof label !== 'string') return null;
  return {
    label,
    type: textOf(type),
    options: Array.isArray(options) ? options.map(textOf) : [],
    isRequired: isRequired === true,
  };
}
