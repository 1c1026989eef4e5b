import type { PublicFiles } from '../domain/ports/public-files.js';
import type { Services } from './context.js';
import { downloadLink } from './download-links.js';

/**
 * Images that a workspace fetches by itself.
 * @param isPrivateHost whether a host is, or leads to, a loopback or private address
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
    // What it shows belongs to anyone who reads the article: the link names no tenant.
    link: ({ sha256, contentType }) =>
      downloadLink(services, { what: 'images', id: `${sha256}.${contentType.split(/[/+]/)[1]}`, organizationId: '' }),
    areReachableFrom: async baseUrl => !(await isPrivate(services.publicUrl())) || isPrivate(baseUrl),
  };
}
