// Reads staged records: the only way from the rest of Landfall to the field names of a source. There is one source; a second
// one is chosen here.
export { campaign, definitionOf, isActive, isCampaign, languageInText, planOf, timeZoneOf } from './infoset/shapes/account.js';
export { callOf } from './infoset/shapes/calls.js';
export { dealOf } from './infoset/shapes/deals.js';
export { attachmentsOf, fileCountOf, nameOfContentId, textsOf } from './infoset/shapes/files.js';
export { articleOf, categoryOf } from './infoset/shapes/help-center.js';
export {
  companyOf,
  contactPointsOf,
  idOf,
  nameOf,
  parentCompanyOf,
  personName,
  personOf,
  pipelineOf,
  tagsOf,
  updatedDateOf,
} from './infoset/shapes/people.js';
export { agentReply, breachOf, emailOf, mergedInto, messageOf, textOnly, ticketOf } from './infoset/shapes/tickets.js';
