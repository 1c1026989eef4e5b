/** One call. Its headers may hold secrets, and they are never logged. */
export interface HttpCall {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  url: URL;
  headers?: Record<string, string>;
  json?: unknown;
  signal?: AbortSignal;
  /** Limit of a successful answer, decoded. */
  maxBytes: number;
  /** Runs in the tick in which the request is sent, and before each further chunk of its body. The call throws what it throws. */
  beforeSend?: () => void;
}

export type HttpHeaders = Record<string, string | string[] | undefined>;

export interface HttpAnswer {
  status: number;
  headers: HttpHeaders;
  /** Of a refusal, only its beginning. */
  text: string;
}

/** Answers any status. Throws CallFailure if there is no usable answer. */
export type Http = (call: HttpCall) => Promise<HttpAnswer>;
