/** Names and texts in the languages of customers' accounts. */
export interface Language {
  code: string;
  firstNames: readonly string[];
  lastNames: readonly string[];
  subjects: readonly string[];
  questions: readonly string[];
  answers: readonly string[];
  cities: readonly string[];
  phone: (n: string) => string;
}

export const languages: readonly Language[] = [
  {
    code: 'tr',
    firstNames: ['Işıl', 'Ayşe', 'İbrahim', 'Oğuz', 'Çiğdem', 'Şükrü', 'Gülşah', 'Nazlı', 'Ümit', 'Ilgaz'],
    lastNames: ['Çağ', 'Yılmaz', 'Öztürk', 'Şimşek', 'Güneş', 'İnan', 'Doğan', 'Kılıç', 'Ünal', 'Ağaoğlu'],
    subjects: ['Ödeme hatası', 'İade talebi', 'Fatura gelmedi', 'Şifremi unuttum', 'Kargo nerede?'],
    questions: [
      'Merhaba, ödemem iki kez çekildi. Bakabilir misiniz?',
      'Ürünü iade etmek istiyorum, nasıl yapacağım?',
      'Giriş yapamıyorum; “ĞÜŞİÖÇ ğüşıöç” hatası alıyorum.',
    ],
    answers: [
      'Hemen kontrol ediyorum.',
      'İadeniz onaylandı, üç iş günü içinde hesabınızda olur.',
      'Sorun çözüldü; başka bir isteğiniz var mı?',
    ],
    cities: ['İzmir', 'İstanbul', 'Eskişehir', 'Iğdır'],
    phone: n => `0 (5${n.slice(0, 2)}) ${n.slice(2, 5)} ${n.slice(5, 7)} ${n.slice(7, 9)}`,
  },
  {
    code: 'en',
    firstNames: ['Alice', 'Sean', "D'Arcy", 'Zoë', 'Bob', 'Chloé'],
    lastNames: ["O'Neil", 'Smith-Jones', 'Brown', 'van der Berg', 'Li'],
    subjects: ['Payment failed', 'Where is my order?', 'Refund', 'Cannot log in', 'Re: Re: Quote'],
    questions: [
      'Hello, my card was charged twice.',
      'The link in your mail is dead: <https://example.com/a?b=1&c=2>',
      'It says “null” & nothing else 🤷',
    ],
    answers: ['Let me look into it.', 'Done. Anything else?', 'Your refund is on its way.'],
    cities: ['London', 'Dublin', 'Leeds'],
    phone: n => `+44 20 ${n.slice(0, 4)} ${n.slice(4, 8)}`,
  },
  {
    code: 'de',
    firstNames: ['Jürgen', 'Käthe', 'Björn', 'Heiß', 'Sören'],
    lastNames: ['Müller', 'Groß', 'Öhlschläger', 'von und zu Stein', 'Weiß'],
    subjects: ['Zahlung fehlgeschlagen', 'Rückgabe', 'Rechnung fehlt', 'Straße falsch geschrieben'],
    questions: [
      'Guten Tag, die Größe passt nicht.',
      'Wo bleibt meine Rechnung? Ich warte seit Wochen.',
      'Die Überweisung über 1.234,56 € kam zurück.',
    ],
    answers: ['Ich kümmere mich darum.', 'Die Rechnung ist unterwegs.', 'Das tut uns leid; wir haben es behoben.'],
    cities: ['Köln', 'München', 'Weißenburg'],
    phone: n => `+49-30-${n.slice(0, 8)}`,
  },
  {
    code: 'ar',
    firstNames: ['ليلى', 'عمر', 'يوسف', 'فاطمة', 'خالد'],
    lastNames: ['حداد', 'الأحمد', 'منصور', 'بن علي'],
    subjects: ['مشكلة في الدفع', 'أين طلبي؟', 'طلب استرجاع'],
    questions: ['مرحبا، لم يصل طلبي حتى الآن.', 'أريد استرجاع المبلغ من فضلك (رقم 12345).', 'لا أستطيع الدخول إلى حسابي.'],
    answers: ['سأتحقق من ذلك حالا.', 'تم حل المشكلة.', 'شكرا لصبركم.'],
    cities: ['دبي', 'بيروت'],
    phone: n => `00971 4 ${n.slice(0, 7)}`,
  },
];

/** Texts that often break software: control characters, half a surrogate pair, markup, right-to-left marks. */
export const naughtyTexts: readonly string[] = [
  'NUL \u0000 inside',
  'half a pair \ud83d alone',
  '<script>alert(1)</script>',
  '‮evil‬ text',
  "'; DROP TABLE contacts; --",
  '{{7*7}} %s %n &amp;',
  '\u0001\u0002\u0007\u001b[31m',
  'Z̷͓̈a̸l̷g̸o̷',
  '田中さんにあげて下さい',
  '   ',
];
