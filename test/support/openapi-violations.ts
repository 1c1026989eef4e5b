import { readFileSync } from 'node:fs';
import type { Call, Reply } from '../../src/simulators/simulator-server.js';
import { type Description, OpenApi } from './openapi.js';
import { isExcepted, otherAnswers } from './openapi-exceptions.js';

/** The name of Landfall: all of its requests must match the description, also refused ones. */
const landfall = 'landfall';

let api: OpenApi | undefined;

/** Deviations of an exchange from Intercom's description, one line each. */
export function violationsOf(file: string, { call, reply }: { call: Call; reply: Reply }): string[] {
  api ??= new OpenApi(JSON.parse(readFileSync(file, 'utf8')) as Description, otherAnswers);
  const { method, path, query, headers } = call;
  const answer = reply.body === undefined ? undefined : JSON.parse(JSON.stringify(withNewestParts(reply.body)));
  const request = jsonOf(call.body);
  const found = api.problems({ method, path, query, request, status: reply.status, answer });
  // A test may send what is wrong on purpose, as long as it is refused.
  const meant = headers['user-agent'] !== landfall && reply.status >= 400;
  return found
    .filter(each => !(meant && each.side === 'request') && !isExcepted(each))
    .map(({ operation, side, at, problem }) => `${operation} ${reply.status}: ${side}${at} ${problem}`);
}

const newestParts = 20;

/** Each reply is answered with the whole conversation: older parts were checked before. */
function withNewestParts(body: Reply['body']): unknown {
  const list = (body as { conversation_parts?: { conversation_parts: object[] } } | null)?.conversation_parts;
  if (!list || list.conversation_parts.length <= newestParts) return body;
  const conversation_parts = { ...list, conversation_parts: list.conversation_parts.slice(-newestParts) };
  return { ...(body as object), conversation_parts };
}

function jsonOf(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
