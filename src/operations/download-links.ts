import type { Services } from './context.js';

/** Kinds of files that a link can lead to. */
export type Downloadable = 'documents' | 'recordings' | 'images';

/** How long a link is valid. A client that resumes a download later asks for a new link. */
const lifetimeMs = 15 * 60_000;

interface Target {
  kind: Downloadable;
  /** An image has its digest and its format: `<sha256>.png`. */
  id: string;
  organizationId: string;
}

/** A link that needs no key. Everybody who has it can download this one file for 15 minutes. */
export function downloadLink({ publicUrl, secretBox }: Pick<Services, 'publicUrl' | 'secretBox'>, target: Target): string {
  const expires = String(Date.now() + lifetimeMs);
  const url = new URL(`${publicUrl()}/${target.kind}/${target.id}`);
  url.searchParams.set('organization', target.organizationId);
  url.searchParams.set('expires', expires);
  url.searchParams.set('signature', secretBox.sign(signedText(target, expires)));
  return url.href;
}

/** Whether a link was signed here for this target and has not expired. */
export function isValidLink(
  { secretBox }: Pick<Services, 'secretBox'>,
  target: Target,
  expires: string,
  signature: string,
): boolean {
  return secretBox.isSigned(signedText(target, expires), signature) && Number(expires) > Date.now();
}

const signedText = ({ kind, id, organizationId }: Target, expires: string) =>
  JSON.stringify(['download', kind, id, organizationId, expires]);
