import type { OtherAnswer, Problem } from './openapi.js';

/** Where Intercom's description is wrong or silent, so that an exchange may leave it. */
interface Exception {
  operation: RegExp;
  side: Problem['side'];
  at: RegExp;
  problem: RegExp;
  reason: string;
}

const any = /./;

export const exceptions: readonly Exception[] = [
  {
    operation: any,
    side: 'answer',
    at: /\/(tags|notes|companies)(\/data\/\*)?\/(url|type)$/,
    problem: /format "uri"/,
    reason: 'Its own examples are paths, and the word “note”: neither is a URI.',
  },
  {
    operation: /contacts/,
    side: 'answer',
    at: /\/(tags|notes|companies)\/type$/,
    problem: /is not described/,
    reason: 'Its own examples call them lists.',
  },
  {
    operation: /^POST \/conversations$/,
    side: 'request',
    at: /^\/from\/id$/,
    problem: /format "uuid"/,
    reason: 'Its own example is the 24 hexadecimal digits of a contact, which it also asks for by the length.',
  },
  {
    operation: /custom_object_instances|companies/,
    side: 'request',
    at: /\/custom_attributes\/[^/]+$/,
    problem: /is (number|boolean), not string/,
    reason: 'Its own examples hold numbers and truth values where it names texts alone.',
  },
  {
    operation: /custom_object_instances|companies/,
    side: 'answer',
    at: /\/custom_attributes\/[^/]+$/,
    problem: /is (number|boolean), not string/,
    reason: 'As in requests: what was sent as a number is read as one.',
  },
  {
    operation: /^PUT \/conversations\//,
    side: 'request',
    at: /\/custom_attributes\/[^/]+$/,
    problem: /is null/,
    reason:
      'null clears an attribute of a contact or company, and nothing else is described. A refusal becomes FIELD_NOT_CLEARED.',
  },
  {
    operation: /contacts/,
    side: 'answer',
    at: /\/email$/,
    problem: /is null/,
    reason: 'A contact need not have an address, and then shows null like every other empty field.',
  },
  {
    operation: /conversations/,
    side: 'answer',
    at: /\/author\/email$/,
    problem: /is null/,
    reason: 'A contact without an address writes too.',
  },
  {
    operation: /con(tacts|versations)/,
    side: 'answer',
    at: /\/email$/,
    problem: /format "email"/,
    reason: 'That format is ASCII alone; contacts have addresses with letters of any script.',
  },
  {
    operation: /companies/,
    side: 'answer',
    at: /\/(industry|size|website|remote_created_at)$/,
    problem: /is null/,
    reason: 'Recordings of the API show null for what a company has not.',
  },
  {
    operation:
      /^GET \/(articles|internal_articles|contacts\/\{contact_id\}\/(notes|companies)|companies\/\{company_id\}\/notes|help_center\/(collections|help_centers))$/,
    side: 'request',
    at: /^\?(page|per_page)$/,
    problem: /is not described/,
    reason: 'The answers tell pages, and Intercom’s own client asks for them so.',
  },
  {
    operation: /^GET \/contacts$/,
    side: 'request',
    at: /^\?(per_page|starting_after)$/,
    problem: /is not described/,
    reason: 'The answers tell cursors, and Intercom’s own client asks for them so.',
  },
  {
    operation: /conversations/,
    side: 'request',
    at: /\/custom_attributes\/[^/]+$/,
    problem: /is number, not (string|integer|object)|must match a schema in anyOf/,
    reason: 'Attributes of conversations may be of the type decimal, whose values it names nowhere.',
  },
  {
    operation: /conversations/,
    side: 'answer',
    at: /\/custom_attributes\/[^/]+$/,
    problem: /is number, not (string|integer|object)|must match a schema in anyOf/,
    reason: 'As in requests: what was sent as a decimal is read as one.',
  },
  {
    operation: /^PUT \/contacts\/\{contact_id\}$/,
    side: 'request',
    at: /^(\/external_id|\/email)?$/,
    problem: /is null|is not described|must match a schema in anyOf/,
    reason: 'Its answers show null for a contact without one, and a rollback gives back that it had none; a refusal is reported.',
  },
  {
    operation: /^PUT \/companies\/\{company_id\}$/,
    side: 'request',
    at: /^\/(name|industry|size|website)$/,
    problem: /is null/,
    reason: 'As of contacts: a company that had none before has none again, and a refusal is reported.',
  },
  {
    operation: /^(PUT \/companies\/\{company_id\}|POST \/custom_object_instances\/.*)$/,
    side: 'request',
    at: /\/custom_attributes\/[^/]+$/,
    problem: /is null/,
    reason: 'null clears a value, as its description of contacts says; nothing else would.',
  },
  {
    operation: /custom_object_instances|contacts/,
    side: 'answer',
    at: /\/custom_attributes\/([^/]+|deal\/instances\/.*)$/,
    problem: /is null/,
    reason: 'A value that was cleared is shown as null.',
  },
];

export const otherAnswers: readonly OtherAnswer[] = [
  {
    operation: 'GET /custom_object_instances/{custom_object_type_identifier}',
    parameter: 'external_id',
    schema: 'custom_object_instance',
    reason: 'Its own words: by external_id the answer is a single object rather than a list.',
  },
];

export const isExcepted = ({ operation, side, at, problem }: Problem) =>
  exceptions.some(each => each.side === side && each.operation.test(operation) && each.at.test(at) && each.problem.test(problem));
