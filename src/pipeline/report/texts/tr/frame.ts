import type { frame as en } from '../en/frame.js';

export const frame: typeof en = {
  head: {
    project: 'Proje',
    source: 'Kaynak hesap',
    workspace: 'Çalışma alanı',
    environment: 'Ortam',
    mapping: 'Eşleme özeti (hash)',
    run: 'Çalıştırma',
    date: 'Tarih',
  },
  notConnected: 'bağlı değil',
  noMapping: 'henüz onaylanmadı',
  noRun: 'yok: bir kişi istedi',
  environments: { SANDBOX: 'deneme', PRODUCTION: 'üretim' },
  summary: 'Özet',
  contents: 'İçindekiler',
  signature: {
    heading: 'İmzalar',
    customer: 'Müşteri adına',
    migration: 'Taşıma ekibi adına',
    name: 'Ad',
    date: 'Tarih',
    sign: 'İmza',
  },
  unknown: 'bilinmiyor',
  yes: 'evet',
  no: 'hayır',
  none: 'Yok.',
  andMore: count => `Ve ${count} tane daha: tabloya bakın.`,
};
