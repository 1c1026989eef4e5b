import type { MappedType } from './field-mapping.js';

/** The kind of value that a target takes. */
export type WordKind = 'text' | 'number' | 'date';

/** Names of a target in Turkish and English, in ASCII and lower case. */
export interface FieldWords {
  target: string;
  kind: WordKind;
  names: readonly string[];
}

const words = (target: string, kind: WordKind, names: string): FieldWords => ({ target, kind, names: names.split(', ') });
const company = 'company.custom_attributes.';
const conversation = 'conversation.custom_attributes.';
const deal = 'deal.custom_attributes.';

/** What people call fields that the destination has. A field is looked up by its whole label. */
export const fieldWords: Partial<Record<MappedType, readonly FieldWords[]>> = {
  COMPANY: [
    words(
      'company.name',
      'text',
      'firma, firma adi, firma unvani, sirket, sirket adi, sirket unvani, kurum adi, company, company name, organization, organization name, organisation, account name, business name',
    ),
    words(
      'company.website',
      'text',
      'web, web sitesi, web site, web adresi, website, website url, site, url, www, homepage, home page',
    ),
    words(
      'company.industry',
      'text',
      'sektor, sektoru, faaliyet alani, is kolu, is alani, industry, sector, vertical, business sector',
    ),
    words(
      'company.size',
      'number',
      'calisan sayisi, personel sayisi, sirket buyuklugu, employees, employee count, number of employees, headcount, company size, size',
    ),
    words(
      'company.remote_created_at',
      'date',
      'kayit tarihi, olusturma tarihi, olusturulma tarihi, musteri olma tarihi, created at, created on, creation date, customer since',
    ),
    words(`${company}company_email`, 'text', 'e posta, eposta, e posta adresi, mail, mail adresi, e mail, email, email address'),
    words(
      `${company}company_phone`,
      'text',
      'telefon, tel, telefon numarasi, telefon no, sabit telefon, phone, phone number, telephone',
    ),
    words(`${company}company_address`, 'text', 'adres, adresi, acik adres, address, street address'),
    words(`${company}company_city`, 'text', 'sehir, il, city, town'),
    words(`${company}company_postal_code`, 'text', 'posta kodu, postal code, zip, zip code, postcode'),
    words(`${company}company_country`, 'text', 'ulke, country'),
  ],
  CONTACT: [
    words('contact.name', 'text', 'ad soyad, adi soyadi, isim, isim soyisim, ad, name, full name, customer name, contact name'),
    words(
      'contact.email',
      'text',
      'e posta, eposta, e posta adresi, eposta adresi, mail, mail adresi, e mail, email, email address',
    ),
    words(
      'contact.phone',
      'text',
      'telefon, tel, telefon numarasi, telefon no, cep, cep telefonu, cep no, gsm, mobil, mobile, mobile phone, phone, phone number, telephone',
    ),
    words(
      'contact.signed_up_at',
      'date',
      'kayit tarihi, uyelik tarihi, uye olma tarihi, signed up, sign up date, signed up at, registration date, created at, member since',
    ),
    words('contact.custom_attributes.infoset_status', 'text', 'durum, durumu, musteri durumu, status, contact status'),
  ],
  TICKET: [
    words('conversation.title', 'text', 'konu, baslik, konu basligi, subject, title, topic'),
    words(`${conversation}infoset_priority`, 'text', 'oncelik, oncelik seviyesi, aciliyet, priority, urgency, ticket priority'),
    words(`${conversation}infoset_status`, 'text', 'durum, talep durumu, destek durumu, status, ticket status, state'),
    words(
      `${conversation}channel_source`,
      'text',
      'kanal, basvuru kanali, iletisim kanali, talep kanali, channel, source channel, origin',
    ),
    words(
      `${conversation}infoset_closed_at`,
      'date',
      'kapanma tarihi, kapanis zamani, kapatilma tarihi, closed at, closed on, closing date, close date',
    ),
    words(
      `${conversation}infoset_csat_score`,
      'number',
      'csat, csat puani, csat score, memnuniyet, memnuniyet skoru, satisfaction, satisfaction score, rating',
    ),
    words(`${conversation}infoset_stage`, 'text', 'asama, asamasi, talep asamasi, stage, ticket stage'),
    words(`${conversation}infoset_pipeline`, 'text', 'hat, surec, pipeline'),
  ],
  DEAL: [
    words(`${deal}name`, 'text', 'firsat, firsat adi, anlasma, anlasma adi, ad, name, deal name, opportunity name, title'),
    words(`${deal}value`, 'number', 'tutar, tutari, deger, bedel, fiyat, amount, value, deal value, deal amount, price'),
    words(`${deal}currency`, 'text', 'para birimi, doviz, kur, currency, currency code'),
    words(
      `${deal}close_date`,
      'date',
      'kapanis tarihi, kapanma tarihi, beklenen kapanis, beklenen kapanis tarihi, close date, closing date, expected close, expected close date',
    ),
    words(`${deal}stage`, 'text', 'asama, firsat asamasi, anlasma asamasi, stage, sales stage, deal stage'),
    words(`${deal}pipeline`, 'text', 'satis hatti, satis sureci, hat, pipeline, sales pipeline'),
    words(`${deal}status`, 'text', 'durum, firsat durumu, status, deal status'),
    words(`${deal}notes`, 'text', 'not, notlar, aciklama, aciklamalar, note, notes, description, comments'),
  ],
};
