import { randomUUID } from 'node:crypto';
import type { Reply } from '../simulator-server.js';

/** A refusal in Intercom's error format. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly field: string | null = null,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }

  reply(): Reply {
    const { code, message, field } = this;
    const body = { type: 'error.list', request_id: randomUUID(), errors: [{ code, message, ...(field ? { field } : {}) }] };
    return { status: this.status, headers: this.headers, body };
  }
}

export const notFound = (what: string, code = 'not_found') => new ApiError(404, code, `${what} Not Found`);
export const invalid = (message: string, field: string | null = null) => new ApiError(400, 'parameter_invalid', message, field);
export const missing = (field: string) => new ApiError(400, 'parameter_not_found', `${field} is required`, field);
