/** Why an object is deleted, archived, restored or kept; few, because the rows of a plan are counted by reason. */
export const reasons = {
  CREATED: 'Landfall created it.',
  CONTACT_CREATED: 'Landfall created it. It is archived, because Intercom locks the keys of a deleted contact for about a week.',
  ATTRIBUTE_CREATED: 'Landfall created it. Intercom archives attributes and does not delete them.',
  PLACEHOLDER: 'It is the placeholder for contacts that are gone.',
  GONE: 'A person has removed it since. Only its entry in the crosswalk is rolled back.',
  ADOPTED: 'It existed before. What Landfall changed is restored.',
  ADOPTED_ARCHIVED: 'It existed before and was archived. What Landfall changed is restored, and it is archived again.',
  TAG_TAKEN_OFF: 'It existed before. It is removed from the existing records that got it from Landfall.',
  TOUCHED: 'People have written in it or changed it since it was loaded.',
  EDITED: 'A person has changed it since it was loaded.',
  OUTDATED: 'Its record has changed since it was loaded, so changes of people cannot be recognized. Finish a load first.',
  NO_RECORD: 'Its record does not exist any more, so changes of people cannot be recognized.',
  OF_A_KEPT_CONVERSATION: 'A conversation that is kept belongs to it.',
  OF_ANOTHER_CONVERSATION: 'It takes part in a conversation that Landfall did not load. Intercom would hide it.',
  OF_A_KEPT_CONTACT: 'A contact that is kept belongs to it.',
  OF_A_KEPT_ARTICLE: 'An article or collection that is kept is in it.',
  HOLDS_OTHERS: 'Others have put something into it that Landfall did not create.',
  USED_BY_OTHERS: 'Others use it.',
  USED_BY_KEPT: 'An object that is kept uses it.',
  CONVERSATION_ATTRIBUTE: 'It stays, because Intercom archives attributes of conversations permanently.',
} as const satisfies Record<string, string>;
export type Reason = keyof typeof reasons;
