import { type Fields, numberOf, textOf } from '../../../domain/model/record-fields.js';
import type { CallShape } from '../../../domain/model/source-shapes.js';

export function callOf(call: Fields): CallShape {
  const [direction, from, to] = [textOf(call.direction), textOf(call.fromNumber), textOf(call.toNumber)];
  return {
    ticketId: textOf(call.ticketId) || null,
    contactId: textOf(call.contactId) || null,
    agentId: textOf(call.userId) || null,
    direction,
    disposition: textOf(call.disposition),
    from,
    to,
    queue: textOf(call.queueName),
    path: Array.isArray(call.ivrPath) ? call.ivrPath.map(textOf) : [textOf(call.ivrPath)],
    phone: direction === 'outbound' ? to : from,
    startedDates: [call.startedDate, call.createdDate],
    duration: call.durationSeconds,
    durationSeconds: Math.round(numberOf(call.durationSeconds)),
    mayBeRecorded: call.hasRecording !== false,
  };
}
