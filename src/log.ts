import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import type { Config } from './config.js';
import { currentRequestId } from './domain/model/request-context.js';

/** @param sink standard output where it is absent */
export function createLog(config: Config, sink?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level: config.logLevel,
    base: null,
    serializers: { err: loggedError },
    mixin: () => {
      const requestId = currentRequestId();
      return requestId ? { requestId } : {};
    },
  };
  return sink ? pino(options, sink) : pino(options);
}

/** Type, code, message and stack, with those of its causes: an error's other fields may hold statements and their values. */
function loggedError(error: Error & { code?: string }): object {
  const { name, code, message, stack, cause } = error;
  return { type: name, code, message, stack, ...(cause instanceof Error ? { cause: loggedError(cause) } : {}) };
}
