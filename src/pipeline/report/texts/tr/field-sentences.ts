import type { Sentences } from '../sentences.js';

/** Why a field goes where the mapping says, and what it loses. */
export const fieldSentences: Sentences = {
  'The crosswalk keeps it; the destination has no field for it.': 'Eşleştirme tablosunda durur; hedefte karşılığı olan alan yok.',
  'In the note of the call: as text, and as a block of JSON.': 'Çağrının notunda: metin ve JSON bloğu olarak.',
  'In the note of the call.': 'Çağrının notunda.',
  'The API cannot create teammates; the runbook lists it.': 'API ekip üyesi oluşturamaz; yapılacaklar listesinde yer alır.',
  'The inventory lists it.': 'Envanterde yer alır.',
  'It moves into the inventory among the documents: the API of Intercom cannot create it.':
    'Belgelerdeki envantere taşınır: Intercom’un API’si onu oluşturamaz.',
  'The key of the record, with the account as prefix.': 'Kaydın anahtarı, başında hesap ile.',
  'The same field.': 'Aynı alan.',
  'The same field with another name.': 'Aynı alan, başka adla.',
  'The same value.': 'Aynı değer.',
  'When it was created at the source.': 'Kaynakta oluşturulduğu zaman.',
  'When it was changed at the source.': 'Kaynakta değiştirildiği zaman.',
  'Intercom does not let the update time be set.': 'Intercom güncelleme zamanının ayarlanmasına izin vermez.',
  'Intercom does not let the closing time be set.': 'Intercom kapanış zamanının ayarlanmasına izin vermez.',
  'Intercom does not let the channel be set; views filter by this attribute.':
    'Intercom kanalın ayarlanmasına izin vermez; görünümler bu özniteliğe göre süzer.',
  'Companies have no field for an e-mail address.': 'Şirketlerde e-posta adresi alanı yok.',
  'Companies have no field for a telephone number.': 'Şirketlerde telefon numarası alanı yok.',
  'An address in one line.': 'Tek satırlık adres.',
  'A part of the address.': 'Adresin bir parçası.',
  'Companies have no hierarchy; another attribute holds the name of the parent.':
    'Şirketlerde hiyerarşi yok; üst şirketin adı başka bir özniteliktedir.',
  "Companies have no owner; the owner's address is kept.": 'Şirketlerin sahibi yok; sahibin adresi saklanır.',
  'With the last name, if there is no full name.': 'Tam ad yoksa soyadıyla birlikte.',
  'With the first name, if there is no full name.': 'Tam ad yoksa adıyla birlikte.',
  'The same field; a refused address is kept in infoset_email.':
    'Aynı alan; kabul edilmeyen adres infoset_email içinde saklanır.',
  'In E.164; a refused number is kept in infoset_phone.':
    'E.164 biçiminde; kabul edilmeyen numara infoset_phone içinde saklanır.',
  'A link to the company.': 'Şirkete bağlantı.',
  "The owner's teammate.": 'Sahibin ekip üyesi.',
  'Contacts have no status.': 'Kişilerde durum yok.',
  'The original number.': 'Özgün numara.',
  'The first message, unless a log contains the same text.': 'İlk mesaj; aynı metin bir kayıtta yoksa.',
  'Resolved and closed tickets are closed, all others are open; an attribute keeps the status.':
    'Çözülen ve kapatılan talepler kapalı, diğerleri açıktır; durum bir öznitelikte saklanır.',
  'Conversations have no priority of this kind.': 'Görüşmelerde bu türden öncelik yok.',
  'The contact of the conversation.': 'Görüşmenin kişisi.',
  'The company of the conversation.': 'Görüşmenin şirketi.',
  'The first owner who is a teammate; infoset_owners keeps all of them.':
    'Ekip üyesi olan ilk sahip; infoset_owners hepsini saklar.',
  'The team of the same name; infoset_team keeps the name.': 'Aynı adlı ekip; infoset_team adı saklar.',
  'The name of the pipeline.': 'Hattın adı.',
  'The name of the stage.': 'Aşamanın adı.',
  'Ratings cannot be written.': 'Puanlar yazılamaz.',
  'Empty; the fields of the rating are mapped.': 'Boş; puanın alanları eşlenir.',
  'The ticket that it was merged into.': 'Birleştirildiği talep.',
  'A count of the source; the messages are counted again.': 'Kaynağın sayısı; mesajlar yeniden sayılır.',
  'The conversation that it belongs to.': 'Ait olduğu görüşme.',
  'The first line names it if it differs from the channel of the ticket; notes stay notes.':
    'Talebin kanalından farklıysa ilk satırda yazar; notlar not kalır.',
  'Named with the channel.': 'Kanalla birlikte yazılır.',
  'Whether a teammate or a contact wrote it.': 'Bir ekip üyesi mi, bir kişi mi yazmış.',
  'The author of messages of bots is the placeholder teammate; the text names the bot.':
    'Bot mesajlarının yazarı yer tutucu ekip üyesidir; botun adı metinde yazar.',
  'The teammate who wrote it.': 'Yazan ekip üyesi.',
  'The contact who wrote it.': 'Yazan kişi.',
  'Internal messages become notes.': 'İç mesajlar not olur.',
  'The text.': 'Metin.',
  'The whole text of the mail instead of its preview.': 'Önizleme yerine e-postanın bütün metni.',
  'The files of the message.': 'Mesajın dosyaları.',
  'In the note with the system log.': 'Sistem kayıtlarının notunda.',
  'The facts of the call, in the same note.': 'Çağrının bilgileri, aynı notta.',
  'In the lines before the text, if it is not the title of the conversation.':
    'Görüşmenin başlığı değilse metinden önceki satırlarda.',
  'The text of the mail.': 'E-postanın metni.',
  'The text of the mail, if it has no HTML.': 'HTML yoksa e-postanın metni.',
  'The files of the mail.': 'E-postanın dosyaları.',
  'In the lines before the text: parts have no headers.': 'Metinden önceki satırlarda: mesajların başlık alanı yok.',
  'Parts have no recipients, and these are confidential.': 'Mesajların alıcısı yok, bunlar da gizli.',
  'A technical header; e-mail headers cannot be imported.': 'Teknik başlık; e-posta başlıkları aktarılamaz.',
  'The time of the part is the time of its log.': 'Mesajın zamanı, kaydının zamanıdır.',
  'The conversation of its ticket; a call without a ticket becomes a conversation of its contact.':
    'Talebinin görüşmesi; talebi olmayan çağrı, kişisinin bir görüşmesi olur.',
  'The contact of the conversation, if there is no ticket.': 'Talep yoksa görüşmenin kişisi.',
  'The teammate of the call.': 'Çağrının ekip üyesi.',
  'When the call began.': 'Çağrının başladığı zaman.',
  'The time of the call, if startedDate is empty.': 'startedDate boşsa çağrının zamanı.',
  'The original id; the key contains it too, with the account as prefix.': 'Özgün kimlik; başında hesapla anahtarda da vardır.',
  'A reference from the contact, in its attribute deal.': 'Kişinin deal özniteliğinden bir bağlantı.',
  'The name of the company: the API does not link custom objects to companies.':
    'Şirketin adı: API özel nesneleri şirketlere bağlamaz.',
  'Addresses of the owners.': 'Sahiplerin adresleri.',
  'Custom fields that cannot be read are kept as their text.': 'Okunamayan özel alanlar metin olarak saklanır.',
  'The same tree, to three levels.': 'Aynı ağaç, üç düzeye kadar.',
  'For each language that the help center has enabled.': 'Yardım merkezinde etkin olan her dil için.',
  'Collections are created in this order; their position cannot be set.':
    'Koleksiyonlar bu sırayla oluşturulur; yerleri ayarlanamaz.',
  'The collection of its category.': 'Kategorisinin koleksiyonu.',
  "The author's teammate.": 'Yazarın ekip üyesi.',
  'Published or draft.': 'Yayında veya taslak.',
  'Internal articles become internal articles.': 'İç makaleler iç makale olur.',
  'The language of the main text.': 'Ana metnin dili.',
  'The text; images are hosted by Intercom, and links lead to the new articles.':
    'Metin; görseller Intercom’da durur, bağlantılar yeni makalelere gider.',
  'The destination creates addresses; the list of articles contains the old and the new one.':
    'Adresleri hedef oluşturur; makale listesinde eskisi de yenisi de vardır.',
  'Articles are created in this order; their position cannot be set.': 'Makaleler bu sırayla oluşturulur; yerleri ayarlanamaz.',
  'It cannot be set; the list of articles among the documents contains it.':
    'Ayarlanamaz; belgelerdeki makale listesinde vardır.',
  'Teammates are matched by it.': 'Ekip üyeleri onunla eşleştirilir.',
  'The teammate already has a name; the text names agents without a teammate.':
    'Ekip üyesinin adı zaten var; ekip üyesi olmayan temsilcinin adı metinde yazar.',
  'The teammate already has a name.': 'Ekip üyesinin adı zaten var.',
  'Teams are matched by it.': 'Ekipler onunla eşleştirilir.',
  'Tags are found or created by name; case does not count.':
    'Etiketler adlarıyla bulunur veya oluşturulur; büyük-küçük harf ayrılmaz.',
  'Parts of a conversation have no attributes; it stays in staging.':
    'Görüşmedeki mesajların özniteliği yok; çıkarılan veride kalır.',
  'The destination has no field for it; it stays in staging.': 'Hedefte karşılığı olan alan yok; çıkarılan veride kalır.',
  'Defined at the source as {}; its values fit {}.': 'Kaynakta {} olarak tanımlı; değerleri {} türüne uyuyor.',
  'Not defined at the source; its values fit {}.': 'Kaynakta tanımı yok; değerleri {} türüne uyuyor.',
  'As confirmed in version {}.': 'Sürüm {} içinde onaylandığı gibi.',
  'A workspace has at most {} attributes. Choose which fields to leave out.':
    'Bir çalışma alanında en çok {} öznitelik olur. Hangi alanların dışarıda kalacağını seçin.',
  'Longer than 255 characters: the value is cut, and a note contains the whole value.':
    '255 karakterden uzun: değer kesilir, tamamı bir notta durur.',
  'Intercom does not accept the telephone number: it is kept in infoset_phone.':
    'Intercom telefon numarasını kabul etmiyor: infoset_phone içinde saklanır.',
  'Intercom does not accept the address: it is kept in infoset_email.':
    'Intercom adresi kabul etmiyor: infoset_email içinde saklanır.',
  'NUL and half surrogate pairs are removed.': 'NUL ve yarım vekil çiftler çıkarılır.',
  'The text is not JSON: it is kept as it is.': 'Metin JSON değil: olduğu gibi saklanır.',
  'Empty, though a value is required: the defaultValue of the field is written, if it has one. Without it the field stays empty; an article or a collection is named by its id.':
    'Değer gerekirken boş: varsa alanın defaultValue değeri yazılır. Yoksa alan boş kalır; makale veya koleksiyon kimliğiyle adlandırılır.',
};
