import { Random } from '../../random.js';
import { InfosetAccount } from '../account.js';
import type { GeneratorContext } from './context.js';
import { addHelpCenter, addInventories } from './help-center.js';
import { addPeople } from './people.js';
import { addTickets } from './tickets.js';

/** Size and seed of a generated account. */
export interface Scale {
  tickets: number;
  seed?: number;
  /** Fixed time of the account's clock, close to its newest records. Without it the account uses the real clock. */
  now?: Date;
}

/** Generates an account with every quirk of the contract. The same seed, size and time give the same account. */
export function generateAccount(scale: Scale, ownUrl: () => string): InfosetAccount {
  const now = scale.now?.getTime() ?? Date.now();
  const random = new Random(scale.seed ?? 1);
  const clock = scale.now ? () => scale.now! : () => new Date();
  const account = new InfosetAccount(clock, true);
  account.account = {
    id: 71,
    name: 'Ege Yazılım',
    workspace: 'ege',
    timeZone: 'Europe/Istanbul',
    language: 'tr',
    createdDate: '2019-03-01T09:00:00Z',
    plan: {
      code: 'professional',
      name: 'Professional',
      chatHistoryRetentionDays: 90,
      mailAccountLimit: 3,
      chatWidgetLimit: 1,
      recordingDownload: true,
    },
  };
  const context: GeneratorContext = {
    account,
    random,
    tickets: scale.tickets,
    now,
    ownUrl,
    date: dateIn(random),
    customFields: encodingIn(random),
  };
  addPeople(context);
  addTickets(context);
  addHelpCenter(context);
  addInventories(context);
  return account;
}

const istanbulOffsetMs = 3 * 3_600_000;

function dateIn(random: Random): GeneratorContext['date'] {
  return at => {
    const utc = new Date(at).toISOString();
    const istanbul = new Date(at + istanbulOffsetMs).toISOString();
    return random.pick([utc, `${utc.slice(0, 19)}Z`, `${istanbul.slice(0, 19)}+03:00`, istanbul.slice(0, 23)]);
  };
}

function encodingIn(random: Random): GeneratorContext['customFields'] {
  return values => {
    const kind = random.integer(0, 11);
    if (kind === 0) return null;
    if (kind === 1) return '';
    if (kind < 5) return values;
    if (kind < 9) return Object.entries(values).map(([label, value]) => ({ label, value }));
    return JSON.stringify(values);
  };
}
