import type { Item } from '../account.js';
import { dayMs, type GeneratorContext } from './context.js';
import { agentIds, companyCount, contactCount, firstCompany, firstContact } from './people.js';
import { type Language, languages, naughtyTexts } from './words.js';

const channels = ['email', 'email', 'chat', 'chat', 'social', 'form', 'call'] as const;
const firstTicket = 8_837_516;
const longTicketLogs = 1_250;
const goneEmail = 350;
const goneUser = 4_999;

/** Counters of the record ids. */
interface Ids {
  log: number;
  email: number;
  call: number;
  file: number;
  breach: number;
}

/** Adds tickets with their logs, e-mails, calls, files, recordings and SLA breaches. */
export function addTickets(context: GeneratorContext): void {
  const ids: Ids = { log: 1, email: 333, call: 640, file: 5, breach: 1 };
  for (let index = 0; index < context.tickets; index++) addTicket(context, ids, index);
}

function addTicket(context: GeneratorContext, ids: Ids, index: number): void {
  const { account, random, tickets, now, date, customFields } = context;
  const id = firstTicket + index;
  const language = random.pick(languages);
  const channelType = random.pick(channels);
  // Oldest first; the newest are of this week.
  const createdAt = now - Math.floor((1 - index / tickets) * 700 * dayMs) - random.integer(1, 6) * dayMs;
  const contactId = index === 20 ? 99_002 : index === 21 ? null : firstContact + random.integer(0, contactCount(tickets) - 1);
  // Tickets without a log, with one and with very many; most have a few.
  const wanted = index === 10 ? 0 : index === 11 ? 1 : index === 12 && tickets >= 100 ? longTicketLogs : random.integer(2, 9);
  const closed = random.chance(0.6);
  const ticket: Item = {
    id,
    subject: random.chance(0.03) ? naughtyTexts[index % naughtyTexts.length] : random.pick(language.subjects),
    content: `<p>${random.pick(language.questions)}</p>`,
    status: index === 13 ? 7 : closed ? random.pick([3, 4]) : random.pick([1, 2]),
    priority: index === 14 ? 9 : random.pick([1, 2, 3, 4, null]),
    channelType,
    contactId: index % 29 === 5 && contactId ? String(contactId) : contactId,
    companyId: random.chance(0.3) ? firstCompany + random.integer(0, companyCount(tickets) - 1) : null,
    ownerIds: index === 15 ? [agentIds[0], agentIds[1]] : random.chance(0.8) ? [random.pick(agentIds)] : [],
    teamId: random.chance(0.6) ? random.integer(3, 6) : null,
    pipelineId: random.chance(0.5) ? 25_965 : null,
    stageId: 1,
    tags: random.chance(0.3) ? [random.pick(['iade', 'acil', 'VIP'])] : [],
    customFields: customFields({
      'Sipariş No': String(index),
      'Şikâyet Konusu': 'Sipariş',
      Kanallar: ['web', 'mobil'],
      'Son Temas': '2026-01-05T10:00',
    }),
    csat:
      closed && random.chance(0.3)
        ? { score: random.integer(1, 5), comment: random.pick(language.answers), createdDate: date(createdAt + dayMs) }
        : null,
    mergedIntoId: index > 0 && index % 97 === 0 ? id - 1 : null,
  };
  const lastAt = addLogs(context, ids, { ticket, language, createdAt, wanted });
  const logCount = account.logs(String(id)).length;
  ticket.logCount = index === 16 ? logCount + 3 : logCount;
  ticket.createdDate = date(createdAt);
  ticket.updatedDate = date(lastAt);
  ticket.closedDate = closed ? date(lastAt) : null;
  account.put('tickets', ticket);
  if (random.chance(0.05)) {
    account.put('slabreaches', {
      id: ids.breach++,
      linkedType: 'ticket',
      linkedId: id,
      policy: 'İlk yanıt',
      breachedDate: date(lastAt),
    });
  }
}

function addLogs(
  context: GeneratorContext,
  ids: Ids,
  about: { ticket: Item; language: Language; createdAt: number; wanted: number },
): number {
  const { account, random, now, date } = context;
  const { ticket, language, createdAt, wanted } = about;
  const index = ticket.id - firstTicket;
  let at = createdAt;
  const logs: Item[] = [];
  for (let n = 0; n < wanted; n++) {
    // Some logs have the same time.
    at = Math.min(now - 60_000, at + (random.chance(0.1) ? 0 : random.integer(30, 7_200) * 1000));
    const isAgent = n % 2 === 1;
    const log: Item = { id: ids.log++, ticketId: index % 37 === 6 ? String(ticket.id) : ticket.id };
    if (n === 1 && random.chance(0.5)) {
      Object.assign(log, {
        type: 'system',
        event: 'assignment',
        fromUserId: null,
        toUserId: random.pick(agentIds),
        content: 'Talep atandı.',
      });
    } else {
      Object.assign(log, message(context, ids, { ticket, language, at, isAgent, n }));
    }
    logs.push({ ...log, createdDate: date(at) });
  }
  // Some tickets have their logs in the wrong order.
  if (index % 41 === 7) logs.reverse();
  for (const log of logs) account.put('ticketlogs', log);
  return at;
}

function message(
  context: GeneratorContext,
  ids: Ids,
  about: { ticket: Item; language: Language; at: number; isAgent: boolean; n: number },
): Item {
  const { account, random, date } = context;
  const { ticket, language, at, isAgent, n } = about;
  const type = ticket.channelType === 'form' && n > 0 ? 'email' : n > 2 && random.chance(0.1) ? 'note' : ticket.channelType;
  const text = random.chance(0.02) ? random.pick(naughtyTexts) : random.pick(isAgent ? language.answers : language.questions);
  const log: Item = {
    type,
    isAgent: isAgent || type === 'note',
    isInternal: type === 'note' || (type === 'chat' && isAgent && random.chance(0.05)),
    userId: isAgent || type === 'note' ? (ticket.id === firstTicket + 22 ? goneUser : random.pick(agentIds)) : null,
    contactId: isAgent ? null : ticket.contactId,
    isBot: type === 'chat' && isAgent && random.chance(0.2),
    content: text,
    emailId: null,
    callId: null,
    network: type === 'social' ? random.pick(['instagram', 'facebook', 'whatsapp', 'x', 'telegram']) : null,
    attachments: random.chance(0.08) ? [addFile(context, ids)] : [],
  };
  if (type === 'email') {
    log.emailId = ids.email++;
    // One body is no longer available.
    if (log.emailId !== goneEmail) account.put('emails', email(context, ids, log, ticket, text, date(at)));
  }
  if (type === 'call') log.callId = addCall(context, ids, ticket, at);
  return log;
}

const dataImage =
  '<img src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==">';

function email(context: GeneratorContext, ids: Ids, log: Item, ticket: Item, text: string, createdDate: string): Item {
  const [us, them] = [
    { address: 'destek@ege.example', name: 'Destek' },
    { address: `contact.${ticket.contactId}@posta.example`, name: 'Müşteri' },
  ];
  // Every tenth mail shows a file of the source, and every tenth an embedded image.
  const shown =
    log.emailId % 10 === 3 ? `<p><img src="/v1/files/${addFile(context, ids).id}"></p>` : log.emailId % 10 === 7 ? dataImage : '';
  return {
    id: log.emailId,
    subject: `Re: ${ticket.subject}`,
    from: log.isAgent ? us : them,
    to: [log.isAgent ? them : us],
    cc: [],
    bcc: [],
    messageId: `<m${log.emailId}@ege.example>`,
    inReplyTo: null,
    htmlBody: `<p>${text}</p>${shown}<blockquote type="cite">önceki ileti</blockquote>`,
    textBody: `${text}\n> önceki ileti`,
    attachments: [],
    createdDate,
  };
}

function addFile({ account, random, ownUrl }: GeneratorContext, ids: Ids): Item {
  const id = ids.file++;
  // One file has 20 MB, one is missing, and one is shorter than its stated size.
  const size = id === 6 ? 20_000_000 : random.integer(200, 20_000);
  account.put('files', { id, name: `fatura ${id}.pdf`, contentType: 'application/pdf', size });
  const bytes = () => Buffer.alloc(id === 8 ? Math.floor(size / 2) : size, `%PDF ${id} `);
  if (id !== 7) account.blobs.files.set(String(id), { contentType: 'application/pdf', size, status: 200, bytes });
  const url = id % 5 === 0 ? `${ownUrl()}/v1/files/${id}` : `/v1/files/${id}`;
  return { id, name: `fatura ${id}.pdf`, contentType: 'application/pdf', size, url };
}

function addCall({ account, random, date }: GeneratorContext, ids: Ids, ticket: Item, at: number): number {
  const id = ids.call++;
  const disposition = random.pick(['answered', 'answered', 'missed', 'voicemail', 'abandoned']);
  const durationSeconds = disposition === 'answered' ? random.integer(5, 900) : 0;
  account.put('calls', {
    id,
    ticketId: id % 9 === 0 ? null : ticket.id,
    contactId: ticket.contactId,
    userId: disposition === 'answered' ? random.pick(agentIds) : null,
    direction: random.pick(['inbound', 'outbound']),
    fromNumber: '+905320000000',
    toNumber: '+902320000000',
    queueName: random.pick(['Destek', null]),
    ivrPath: random.pick([['1', '3'], []]),
    disposition,
    startedDate: date(at),
    answeredDate: durationSeconds > 0 ? date(at + 5_000) : null,
    endedDate: date(at + 5_000 + durationSeconds * 1000),
    durationSeconds,
    hasRecording: durationSeconds > 0,
    createdDate: date(at),
    updatedDate: date(at + 5_000 + durationSeconds * 1000),
  });
  if (durationSeconds > 0) {
    const status = id % 13 === 0 ? 410 : id % 17 === 0 ? 403 : 200;
    account.put('recordings', { callId: id, contentType: 'audio/wav', size: 3_000, status });
    account.blobs.recordings.set(String(id), {
      contentType: 'audio/wav',
      size: 3_000,
      status,
      bytes: () => Buffer.alloc(3_000, id % 251),
    });
  }
  return id;
}
