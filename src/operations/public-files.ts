import type { PublicFiles } from '../domain/ports/public-files.js';
import type { Services } from './context.js';
import { downloadLink } from './download-links.js';

/**
 * Images that a workspace downloads from this server.
 * @param isPrivateHost whether a host is, or resolves to, a loopback or private address
 */
export function publicFiles(
  services: Pick<Services, 'publicUrl' | 'secretBox'>,
  isPrivateHost: (hostname: string) => Promise<boolean>,
): PublicFiles {
  const isPrivate = (url: string) => isPrivateHost(new URL(url).hostname);
  return {
    get base() {
      return services.publicUrl();
    },
    // The image is public in the article, so the link names no organization.
    link: ({ sha256, contentType }) =>
      downloadLink(services, { kind: 'images', id: `${sha256}.${contentType.split(/[/+]/)[1]}`, organizationId: '' }),
    areReachableFrom: async baseUrl => !(await isPrivate(services.publicUrl())) || isPrivate(baseUrl),
  };
}
