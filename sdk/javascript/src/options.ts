/** Options of a client. */
export interface ClientOptions {
  /** API key, `ir_live_…` or `ir_test_…`. Default: the environment variable
   * `INTERVIEWRELAY_API_KEY`. Participants' operations (`client.interview`) need none. */
  apiKey?: string;
  /** Address of the server, such as `https://interviews.example.com`. Default: the environment
   * variable `INTERVIEWRELAY_BASE_URL`. */
  baseUrl?: string;
  /** How often a failed request is tried again. Default: 3. */
  retries?: number;
  /** Milliseconds to wait for a response, for each attempt. Default: 60,000. */
  timeout?: number;
  /** Longest time in milliseconds to wait before a retry. If the server asks for more, the error
   * is thrown at once. Default: 60,000. */
  maxRetryDelay?: number;
  /** Headers to send with each request. */
  headers?: Record<string, string>;
  /** Replacement for the global `fetch`. */
  fetch?: typeof fetch;
  /** Called after each attempt that got a response, for logs and metrics. */
  onResponse?: (attempt: Attempt) => void;
}

/** An attempt that got a response. */
export interface Attempt {
  method: string;
  url: string;
  status: number;
  /** 1 for the first attempt. */
  number: number;
  milliseconds: number;
  requestId: string | null;
}

/** Options of a single call. They take precedence over the client's. */
export interface RequestOptions {
  /** Cancels the call, including waits between attempts. */
  signal?: AbortSignal;
  /** Milliseconds to wait for a response, for each attempt. */
  timeout?: number;
  /** How often a failed request is tried again. */
  retries?: number;
  /** Key that makes the server process a change only once. By default each call has a new one. */
  idempotencyKey?: string;
  /** `ETag` of a response that you already have. If it is still current, the call throws
   * `NotModifiedError`. */
  ifNoneMatch?: string;
  headers?: Record<string, string>;
}

export interface DownloadOptions extends RequestOptions {
  /** Part of the file, in bytes: from `start` up to and including `end`. */
  range?: { start: number; end?: number };
}

/** Requests that remain in the current hour, for all keys of the organization together. */
export interface RateLimit {
  limit: number;
  remaining: number;
  /** When the limit resets. */
  reset: Date;
}
