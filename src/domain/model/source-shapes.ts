// What Landfall reads in staged records besides the mapping. `sources/shapes.ts` reads it from the fields of the source.

/** An agent, or a contact. */
export interface Person {
  /** '' if unknown. */
  id: string;
  /** The id if it has no name. */
  name: string;
  email: string | null;
}

/** A pipeline, and the names of its stages by pipeline and stage: `10767/43716`. */
export interface Pipeline {
  id: string;
  name: string;
  stages: [key: string, name: string][];
}

/** A ticket without its messages. Ids and texts are '' if they are missing. */
export interface TicketShape {
  contactId: string;
  ownerIds: readonly string[];
  subject: string;
  /** HTML or plain text. */
  content: string;
  channel: string;
  /** The status as the source writes it. */
  status: string;
  state: 'OPEN' | 'PENDING' | 'CLOSED';
  isClosed: boolean;
  rating: { score: unknown; comment: string };
  /** The ticket that it was merged into. */
  mergedInto: string;
  pipelineId: string;
  createdDate: unknown;
  /** Every date of the ticket itself, as the source writes it. */
  dates: readonly unknown[];
}

/** A message of a ticket. Ids and texts are '' if they are missing. */
export interface MessageShape {
  kind: 'SYSTEM' | 'CALL' | 'NOTE' | 'EMAIL' | 'OTHER';
  /** Its channel, and the network if the channel has several. */
  channel: string;
  network: string;
  /** What happened, of a system log. */
  event: string;
  /** HTML or plain text. Of an e-mail it is a preview. */
  content: string;
  userId: string;
  contactId: string;
  callId: string;
  emailId: string;
  fromUserId: string;
  toUserId: string;
  isAgent: boolean;
  isBot: boolean;
  isInternal: boolean;
  createdDate: unknown;
}

/** A name and an address; '' if they are missing. */
export interface Mailbox {
  name: string;
  address: string;
}

/** An e-mail. */
export interface EmailShape {
  from: readonly Mailbox[];
  to: readonly Mailbox[];
  cc: readonly Mailbox[];
  subject: string;
  html: string;
  text: string;
}

/** A call. Ids are null if they are missing; texts are ''. */
export interface CallShape {
  ticketId: string | null;
  contactId: string | null;
  agentId: string | null;
  direction: string;
  disposition: string;
  from: string;
  to: string;
  queue: string;
  /** Steps of the voice menu. */
  path: readonly string[];
  /** The number of the customer. */
  phone: string;
  /** Dates as the source writes them; the first readable one counts. */
  startedDates: readonly unknown[];
  /** Seconds, as the source writes them. */
  duration: unknown;
  durationSeconds: number;
  /** Whether it can have a recording: only an explicit false means that there is none. */
  mayBeRecorded: boolean;
}

/** A deal. Ids and texts are '' if they are missing. */
export interface DealShape {
  name: string;
  value: string;
  currency: string;
  status: string;
  contactId: string;
  companyId: string;
  pipelineId: string;
  stageId: string;
  ownerIds: readonly string[];
  closeDate: string;
  notes: string;
  /** By label; null if they cannot be read. */
  customFields: ReadonlyMap<string, unknown> | null;
  /** The custom fields as text. */
  customFieldsText: string;
  createdDate: string;
  updatedDate: string;
}

/** A category of articles in one language. */
export interface CategoryText {
  language: string;
  name: string;
  description: string;
}

/** A category of articles. `parentId` is '' at the top. */
export interface CategoryShape extends CategoryText {
  parentId: string;
  order: unknown;
  translations: readonly CategoryText[];
}

/** An article in one language. */
export interface ArticleVersion {
  language: string;
  title: string;
  html: string;
  url: string;
  /** null if it has none of its own. */
  status: string | null;
}

/** An article. Ids are '' if they are missing. */
export interface ArticleShape extends ArticleVersion {
  isInternal: boolean;
  authorId: string;
  categoryId: string;
  order: unknown;
  createdDate: unknown;
  updatedDate: unknown;
  translations: readonly ArticleVersion[];
}

/** A breach of a service level: the policy and the date, as the source writes them. */
export interface BreachShape {
  policy: string;
  date: string;
}

/** Regular expressions for the JSON text of a record. */
export interface TextPattern {
  matches: string;
  matchesNone: readonly string[];
}
