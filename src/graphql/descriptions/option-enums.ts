import type { Descriptions } from './describe.js';

/** Values of typed options of connections. */
export const optionEnumDescriptions: Descriptions = {
  DealTarget: {
    '': 'What deals become in a workspace.',
    CUSTOM_OBJECT: 'Instances of the type `Deal`.',
    CONTACT_ATTRIBUTES: 'An attribute of the contact, and a table in the documents.',
  },
  HistoryForm: {
    '': 'What the system logs of a ticket become.',
    NOTE: 'One note for all of them.',
    PARTS: 'One note for each.',
  },
  PendingForm: {
    '': 'State of conversations whose ticket is pending.',
    OPEN: 'They are open.',
    SNOOZED: 'They are snoozed.',
  },
  Region: {
    '': 'Region of a workspace.',
    US: 'United States.',
    EU: 'Europe.',
    AU: 'Australia.',
  },
};
