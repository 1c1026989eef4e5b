import type { ConversationDraft } from '../../../domain/drafts/drafts.js';
import type { NewIssue } from '../../../domain/model/issue.js';
import { listingOf } from '../../../domain/model/record-types.js';
import { type HelpLinks, type Relinked, relinkedHtml, relinkedPlain } from '../../../domain/text/help-links.js';

export interface RelinkedConversation extends ConversationDraft {
  /** Removed addresses of the old help center that have no new address. */
  deadLinks: string[];
}

/** A conversation whose links to the old help center point to the new articles. */
export function relinkedConversation(draft: ConversationDraft, links: HelpLinks): RelinkedConversation {
  const dead = new Set<string>();
  const noted = ({ text, removed }: Relinked) => {
    for (const link of removed) dead.add(link);
    return text;
  };
  const relink = <T extends { html: string; plain: boolean }>(part: T): T => ({
    ...part,
    html: noted((part.plain ? relinkedPlain : relinkedHtml)(part.html, links)),
  });
  const opening = draft.opening.part && relink(draft.opening.part);
  return {
    ...draft,
    opening: { ...draft.opening, body: noted(relinkedPlain(draft.opening.body, links)), part: opening },
    parts: draft.parts.map(relink),
    deadLinks: [...dead],
  };
}

export const deadLink = (recordType: 'TICKET' | 'CALL', sourceId: string, link: string): NewIssue => ({
  code: 'SOURCE_LINK_REMOVED',
  severity: 'WARNING',
  recordType,
  listing: listingOf(recordType),
  sourceId,
  about: link.slice(0, 200),
  message: `A link to the old help center was removed from the text, because its page has no address in Intercom: ${link.slice(0, 200)}`,
  hint: 'The link stops working when the account is closed. The document articles.csv lists the new addresses of articles.',
});
