import type { Severity } from '../model/issue.js';
import { attributeConstraints } from './attribute-constraints.js';
import type { Constraint } from './constraint.js';
import { type DiscoveryFacts, numberOfRecords } from './facts.js';
import { planConstraints } from './plan-constraints.js';

/** What limits the migration, or must be prepared by people. Errors come first. */
export function constraintsOf(facts: DiscoveryFacts): Constraint[] {
  const constraints = [
    ...teammates(facts),
    ...attributeConstraints(facts),
    ...helpCenter(facts),
    ...dealType(facts),
    ...planConstraints(facts),
    ...phones(facts),
    ...campaigns(facts),
    ...fin(facts),
    ...intervals(facts),
  ];
  const order: readonly Severity[] = ['ERROR', 'WARNING', 'INFO'];
  return constraints.sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}

function teammates(facts: DiscoveryFacts): Constraint[] {
  const { known, open } = facts.agents;
  if (known > 0) {
    if (open === 0) return [];
    return [
      {
        code: 'TEAMMATES_MISSING',
        severity: 'ERROR',
        message: `${open} of ${known} agents have no teammate in the workspace.`,
        recommendation: 'Invite them in Intercom, or call resolveAgent for each: a teammate, or the placeholder.',
      },
    ];
  }
  const agents = numberOfRecords(facts, 'AGENT');
  if (agents === 0) return [];
  return [
    {
      code: 'TEAMMATES_MISSING',
      severity: 'WARNING',
      message: `${agents ?? 'An unknown number of'} agents are not compared with the teammates yet. The API cannot create teammates.`,
      recommendation:
        'Invite the agents in Intercom with the same e-mail addresses, then connect the workspace and propose a mapping.',
    },
  ];
}

function helpCenter(facts: DiscoveryFacts): Constraint[] {
  const articles = numberOfRecords(facts, 'ARTICLE');
  if (articles === 0) return [];
  const { languages } = facts;
  const constraints: Constraint[] = [];
  if (articles !== null || languages.length > 0) {
    constraints.push({
      code: 'HELP_CENTER_REQUIRED',
      severity: 'WARNING',
      message: `${articles ?? 'An unknown number of'} articles need a help center. The API cannot create one.`,
      recommendation: 'Create a help center in Intercom before the load.',
    });
  }
  if (languages.length > 0) {
    constraints.push({
      code: 'HELP_CENTER_LANGUAGES',
      severity: languages.length > 1 ? 'WARNING' : 'INFO',
      message: `The articles are in these languages: ${languages.join(', ')}. A translation is not loaded if its language is not enabled.`,
      recommendation: 'Enable these languages in the settings of the help center.',
    });
  }
  return constraints;
}

function dealType(facts: DiscoveryFacts): Constraint[] {
  const deals = numberOfRecords(facts, 'DEAL');
  if (!deals || facts.dealsAs === 'CONTACT_ATTRIBUTES' || facts.dealTypeFound) return [];
  return [
    {
      code: 'DEAL_TYPE_MISSING',
      severity: 'WARNING',
      message: `${deals} deals need a custom object type Deal. The API cannot create it.`,
      recommendation: 'Create the type with the attributes that PROVISIONING lists, or set dealsAs to CONTACT_ATTRIBUTES.',
    },
  ];
}

function phones({ fields }: DiscoveryFacts): Constraint[] {
  const refused = (fields ?? [])
    .flatMap(({ losses }) => losses)
    .filter(({ code }) => code === 'PHONE_REFUSED')
    .reduce((sum, { affectedRecords }) => sum + affectedRecords, 0);
  if (refused === 0) return [];
  return [
    {
      code: 'PHONE_VALIDATION',
      severity: 'WARNING',
      message: `${refused} telephone numbers do not pass the validation of Intercom. They are kept in an attribute.`,
      recommendation: 'Switch off the validation of telephone numbers in the workspace during the load, or accept the attribute.',
    },
  ];
}

const shownCampaigns = 5;

function campaigns({ active }: DiscoveryFacts): Constraint[] {
  const names = active?.campaigns ?? [];
  if (names.length === 0) return [];
  const more = names.length > shownCampaigns ? ` and ${names.length - shownCampaigns} more` : '';
  return [
    {
      code: 'ACTIVE_CAMPAIGNS',
      severity: 'WARNING',
      message: `${names.length} campaigns are active at the source: ${names.slice(0, shownCampaigns).join(', ')}${more}.`,
      recommendation: 'Switch them off before the cutover, so that no customer gets a message from both platforms.',
    },
  ];
}

function fin(facts: DiscoveryFacts): Constraint[] {
  const tickets = numberOfRecords(facts, 'TICKET');
  if (!tickets) return [];
  return [
    {
      code: 'FIN_USAGE',
      severity: 'INFO',
      message: `${tickets} conversations are created in the name of contacts. If Fin is live during the load, it can answer them, and its resolutions can be billed.`,
      recommendation: 'Pause Fin and all workflows during the load.',
    },
  ];
}

/** Above this number of records, a load in slices is offered. */
const intervalRecords = 50_000;

function intervals(facts: DiscoveryFacts): Constraint[] {
  const types = ['COMPANY', 'CONTACT', 'DEAL', 'TICKET', 'MESSAGE', 'CALL', 'ARTICLE'] as const;
  const records = types.reduce((sum, type) => sum + (numberOfRecords(facts, type) ?? 0), 0);
  if (records <= intervalRecords) return [];
  return [
    {
      code: 'INTERVAL_MIGRATION',
      severity: 'INFO',
      message: `The account has ${records} records. They can be loaded in slices: open and recent tickets first, history later.`,
      recommendation:
        'Start PRODUCTION with order OPEN_AND_RECENT_FIRST and createdFrom; then start it for earlier times, in windows or with a call budget.',
    },
  ];
}
