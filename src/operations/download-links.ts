import type { Services } from './context.js';

/** What can be fetched by a plain link. */
export type Downloadable = 'documents' | 'recordings' | 'images';

/** How long a link leads somewhere; who continues with a download after that asks for a new one. */
const lifetimeMs = 15 * 60_000;

interface Target {
  what: Downloadable;
  /** Of an image: its digest and its kind, `<sha256>.png`. */
  id: string;
  organizationId: string;
}

/** A link that needs no key: anyone who has it may fetch this one thing, for a quarter of an hour. */
export function downloadLink({ publicUrl, secretBox }: Pick<Services, 'publicUrl' | 'secretBox'>, target: Target): string {
  const expires = String(Date.now() + lifetimeMs);
  const url = new URL(`${publicUrl()}/${target.what}/${target.id}`);
  url.searchParams.set('organization', target.organizationId);
  url.searchParams.set('expires', expires);
  url.searchParams.set('signature', secretBox.sign(meaning(target, expires)));
  return url.href;
}

/** Whether a link was made here, for just this, and is not over. */
export function isGood({ secretBox }: Pick<Services, 'secretBox'>, target: Target, expires: string, signature: string): boolean {
  return secretBox.isSigned(meaning(target, expires), signature) && Number(expires) > Date.now();
}

const meaning = ({ what, id, organizationId }: Target, expires: string) =>
  JSON.stringify(['download', what, id, organizationId, expires]);
