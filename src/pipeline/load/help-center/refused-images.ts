import type { ArticleDraft } from '../../../domain/drafts/drafts.js';
import type { NewIssue } from '../../../domain/model/issue.js';
import { listingOf } from '../../../domain/model/record-types.js';
import { CallFailure } from '../../../domain/ports/call-failure.js';
import { withoutImages } from '../../../domain/text/article-html.js';
import { destinationsOf } from '../../../store/crosswalk.js';
import { type LoadState, loadState } from '../../../store/load-states.js';
import type { Loading } from '../engine/loading.js';

/**
 * Saves an article. If it is refused because of its images, it is sent without the one to blame, or without any: a refusal does
 * not name the image and changes nothing.
 * @throws CallFailure the first one, if it is refused without images too
 */
export async function withoutRefusedImages<T>(
  draft: ArticleDraft,
  save: (draft: ArticleDraft) => Promise<T>,
): Promise<{ saved: T; sent: ArticleDraft; reason: string }> {
  const ids = draft.images.map(({ id }) => id);
  const single = ids.length > 1 ? ids.map(id => [id]) : [];
  let first: CallFailure | null = null;
  for (const left of [[], ...single, ids]) {
    const sent = lacking(draft, left);
    try {
      return { saved: await save(sent), sent, reason: first?.message ?? '' };
    } catch (error) {
      if (!(error instanceof CallFailure && error.kind === 'REJECTED') || ids.length === 0) throw error;
      first ??= error;
    }
  }
  throw first!;
}

/** An article as it was sent, without refused images. */
export async function asAccepted(context: Loading, draft: ArticleDraft): Promise<ArticleDraft> {
  const ids = draft.images.map(({ id }) => id);
  if (ids.length === 0) return draft;
  const there = await context.work.transaction(tx => destinationsOf(tx, context.scope, 'ATTACHMENT', 'ARTICLE', ids));
  return lacking(
    draft,
    ids.filter(id => !there.has(id)),
  );
}

function lacking(draft: ArticleDraft, ids: readonly string[]): ArticleDraft {
  if (ids.length === 0) return draft;
  return {
    ...draft,
    contents: draft.contents.map(content => ({ ...content, html: withoutImages(content.html, ids) })),
    images: draft.images.filter(({ id }) => !ids.includes(id)),
    losses: [...draft.losses, { field: 'html', code: 'IMAGE_REMOVED', lossy: true }],
  };
}

/** Load states and issues of refused images. */
export function refusalOf(draft: ArticleDraft, sent: ArticleDraft, reason: string): { states: LoadState[]; issues: NewIssue[] } {
  const refused = draft.images.filter(({ id }) => !sent.images.some(each => each.id === id));
  return {
    states: refused.map(({ id }) => loadState('ATTACHMENT', id, 'SKIPPED', { code: 'ARTICLE_IMAGE_REMOVED' })),
    issues: refused.map(({ id }) => ({
      code: 'ARTICLE_IMAGE_REMOVED',
      severity: 'WARNING',
      recordType: 'ARTICLE',
      listing: listingOf('ARTICLE'),
      sourceId: draft.sourceId,
      about: `refused ${id.slice(0, 200)}`,
      message: `The article went without the image ${id.slice(0, 200)}, for Intercom refuses it with that: ${reason}`,
      hint: 'Add it by hand in Intercom.',
    })),
  };
}
