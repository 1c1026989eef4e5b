/** Domains that many people or companies share. The same one says nothing. */
const sharedDomains = new Set(
  `gmail.com googlemail.com hotmail.com hotmail.com.tr outlook.com outlook.com.tr live.com msn.com yahoo.com yahoo.com.tr ymail.com
   icloud.com me.com aol.com yandex.com yandex.com.tr yandex.ru mail.ru mynet.com proton.me protonmail.com gmx.de gmx.net web.de
   t-online.de orange.fr free.fr libero.it qq.com 163.com 126.com naver.com mail.com zoho.com example.com
   facebook.com instagram.com linkedin.com twitter.com x.com youtube.com linktr.ee sites.google.com google.com`.split(/\s+/),
);

/** The domain of a website or an e-mail address, without `www.`; null if there is none, or if it is shared by strangers. */
export function ownDomain(text: string): string | null {
  const trimmed = text.trim().slice(0, 2_000);
  const at = trimmed.lastIndexOf('@');
  const address = at >= 0 && !trimmed.includes('://') ? trimmed.slice(at + 1) : trimmed;
  const host = URL.parse(address.includes('://') ? address : `http://${address}`)?.hostname.replace(/^www\./, '') ?? '';
  return host.includes('.') && !/^[\d.]+$/.test(host) && !sharedDomains.has(host) ? host : null;
}
