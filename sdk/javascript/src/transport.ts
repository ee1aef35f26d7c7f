import { Download } from "./downloads.js";
import { ApiError, buildApiError, ConnectionError, NotModifiedError } from "./errors.js";
import { VERSION } from "./generated/version.js";
import { buildUrl, type Call, type Operation } from "./operation.js";
import type { ClientOptions, DownloadOptions, RateLimit } from "./options.js";
import { pause, SignalLink } from "./signals.js";
import { createKey } from "./web-crypto.js";

const RETRIES = 3;
const TIMEOUT = 60_000;
const LONGEST_DELAY = 60_000;
const FIRST_BACKOFF = 500;
const LONGEST_BACKOFF = 8_000;
/** Statuses after which a request may succeed if it is sent again. */
const TRANSIENT = [408, 429, 500, 502, 503, 504];
/** Statuses that say that nothing has been done yet. */
const REFUSED = [429, 503];

/** What is known about the response that an object came with. */
export interface ResponseInfo {
  status: number;
  headers: Headers;
  requestId: string | null;
  etag: string | null;
  /** Whether it is the response to an earlier request with the same idempotency key. */
  replayed: boolean;
  /** How many requests it took. */
  attempts: number;
}

const infos = new WeakMap<object, ResponseInfo>();

/** What is known about the response that an object of the API came with: its request id, its ETag,
 * its headers. Undefined for other objects. */
export function responseInfo(result: object): ResponseInfo | undefined {
  return infos.get(result);
}

/** Sends calls, and tries again. */
export class Transport {
  rateLimit: RateLimit | undefined;
  readonly #options: ClientOptions & { baseUrl: string };

  constructor(options: ClientOptions & { baseUrl: string }) {
    this.#options = options;
  }

  async send(call: Call, options: DownloadOptions = {}): Promise<unknown> {
    const { retries = this.#options.retries ?? RETRIES, signal } = options;
    const request = await this.#buildRequest(call, options);
    for (let number = 1; ; number++) {
      signal?.throwIfAborted();
      try {
        return await this.#attempt(call.operation, request, options, number);
      } catch (error) {
        signal?.throwIfAborted();
        const delay = this.#delayBeforeRetry(error, number, isRepeatable(request));
        if (delay === null || number > retries) throw error;
        await pause(delay, signal);
      }
    }
  }

  async #buildRequest(call: Call, options: DownloadOptions): Promise<PreparedRequest> {
    const { operation } = call;
    const { apiKey, headers } = this.#options;
    const sent = new Headers({ Accept: operation.accept ?? "application/json", ...headers });
    if (isNode()) sent.set("User-Agent", `interviewrelay-js/${VERSION}`);
    if (!operation.keyless) sent.set("Authorization", `Bearer ${checkKey(apiKey)}`);
    if (operation.idempotent) {
      sent.set("Idempotency-Key", options.idempotencyKey ?? (await createKey()));
    }
    if (options.ifNoneMatch) sent.set("If-None-Match", options.ifNoneMatch);
    if (options.range)
      sent.set("Range", `bytes=${options.range.start}-${options.range.end ?? ""}`);
    for (const [name, value] of Object.entries(options.headers ?? {})) sent.set(name, value);
    const [contentType, body] = buildBody(call);
    if (contentType) sent.set("Content-Type", contentType);
    const url = buildUrl(this.#options.baseUrl, call);
    return { url, method: operation.method, headers: sent, body };
  }

  async #attempt(
    operation: Operation,
    request: PreparedRequest,
    options: DownloadOptions,
    number: number,
  ): Promise<unknown> {
    const link = new SignalLink(
      options.signal,
      options.timeout ?? this.#options.timeout ?? TIMEOUT,
    );
    const guard = <T>(work: () => Promise<T>): Promise<T> =>
      guardConnection(link, request.url, work);
    let isDownload = false;
    try {
      const { url, ...init } = request;
      const begun = Date.now();
      const send = this.#options.fetch ?? globalThis.fetch;
      const response = await guard(() =>
        send(url, { ...init, redirect: "manual", signal: link.signal }),
      );
      this.#note(response, request, number, Date.now() - begun);
      if (!response.ok) throw await guard(() => buildFailure(response));
      isDownload = operation.gives === "file";
      if (isDownload) {
        link.stopTimer();
        return remember(new Download(response, link), response, number);
      }
      const text = await guard(() => response.text());
      return remember(parseResult(operation, response, text), response, number);
    } finally {
      if (!isDownload) link.release();
    }
  }

  /** Milliseconds to wait before the next attempt, or null if another attempt is of no use. */
  #delayBeforeRetry(error: unknown, number: number, repeatable: boolean): number | null {
    const backoff = Math.min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** (number - 1));
    const delay = backoff * (0.5 + Math.random() / 2);
    if (error instanceof UnexpectedResponseError) return null;
    if (error instanceof ConnectionError) return repeatable ? delay : null;
    if (!(error instanceof ApiError)) return null;
    const transient = repeatable
      ? TRANSIENT.includes(error.status) || error.is("REQUEST_IN_PROGRESS")
      : REFUSED.includes(error.status);
    if (!transient) return null;
    if (error.retryAfter === null) return delay;
    // Not all clients that were told the same time should come back at once.
    const asked = error.retryAfter * 1000 + Math.random() * FIRST_BACKOFF;
    return asked > (this.#options.maxRetryDelay ?? LONGEST_DELAY) ? null : asked;
  }

  #note(
    response: Response,
    request: PreparedRequest,
    number: number,
    milliseconds: number,
  ): void {
    this.rateLimit = readRateLimit(response.headers) ?? this.rateLimit;
    this.#options.onResponse?.({
      method: request.method,
      url: request.url,
      status: response.status,
      number,
      milliseconds,
      requestId: response.headers.get("x-request-id"),
    });
  }
}

interface PreparedRequest {
  url: string;
  method: string;
  headers: Headers;
  body: BodyInit | undefined;
}

/** Something else than the API responds at this address. */
class UnexpectedResponseError extends ConnectionError {}

/** Turns what `fetch` throws into errors of the SDK. */
async function guardConnection<T>(
  link: SignalLink,
  url: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    link.throwIfAborted();
    throw new ConnectionError(`The request to ${url} failed: ${describeCause(cause)}`, {
      cause,
    });
  }
}

/** Whether a request can be sent again after it may have been processed. */
function isRepeatable({ method, headers }: PreparedRequest): boolean {
  return ["GET", "PUT"].includes(method) || headers.has("Idempotency-Key");
}

/** Browsers have a `User-Agent` of their own. */
function isNode(): boolean {
  const { process } = globalThis as { process?: { versions?: { node?: string } } };
  return Boolean(process?.versions?.node);
}

function checkKey(apiKey: string | undefined): string {
  if (!apiKey) throw new TypeError("An API key is needed: new InterviewRelay({ apiKey: … })");
  if (!/^[!-~]+$/.test(apiKey))
    throw new TypeError("apiKey contains spaces or other characters.");
  return apiKey;
}

async function buildFailure(response: Response): Promise<Error> {
  if (response.status === 304) return new NotModifiedError("This version is still current.");
  if (response.type === "opaqueredirect" || response.status < 400) {
    const target = response.headers.get("location") ?? "another address";
    return new UnexpectedResponseError(
      `The server redirects to ${target}. Use its final address as baseUrl.`,
    );
  }
  return buildApiError(response, await response.text());
}

function parseResult(operation: Operation, response: Response, text: string): unknown {
  const isJson = response.headers.get("content-type")?.includes("json") ?? false;
  if (operation.gives === "nothing") return undefined;
  if (operation.gives === "text" || (operation.gives === "any" && !isJson)) return text;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UnexpectedResponseError(
      `${response.url} responded with something other than JSON. Is baseUrl the server's address?`,
      { cause },
    );
  }
}

function remember(result: unknown, { status, headers }: Response, attempts: number): unknown {
  if (typeof result === "object" && result !== null) {
    infos.set(result, {
      status,
      headers,
      attempts,
      requestId: headers.get("x-request-id"),
      etag: headers.get("etag"),
      replayed: headers.get("idempotent-replayed") === "true",
    });
  }
  return result;
}

function readRateLimit(headers: Headers): RateLimit | undefined {
  const [limit, remaining, reset] = ["limit", "remaining", "reset"].map((name) => {
    const value = headers.get(`x-ratelimit-${name}`);
    return value === null ? NaN : Number(value);
  }) as [number, number, number];
  if ([limit, remaining, reset].some(Number.isNaN)) return undefined;
  return { limit, remaining, reset: new Date(reset * 1000) };
}

/** Content type and body of a call. `fetch` chooses the type of a form. */
function buildBody({ operation, body }: Call): [string?, BodyInit?] {
  if (body === undefined) return [];
  if (operation.body === "bytes") return ["application/octet-stream", body as BodyInit];
  const hasFile = Object.values(body).some((value) => value instanceof Blob);
  if (operation.body === "form" || (operation.body === "json or form" && hasFile)) {
    return [undefined, buildForm(body as Record<string, unknown>)];
  }
  return ["application/json", JSON.stringify(body)];
}

function buildForm(fields: Record<string, unknown>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value instanceof Blob) form.append(name, value);
    else if (value !== undefined) form.append(name, String(value));
  }
  return form;
}

/** What went wrong. Node.js says only "fetch failed" and puts the reason into `cause`. */
function describeCause(error: unknown): string {
  const { message = String(error), cause } = error as { message?: string; cause?: unknown };
  const { code, message: reason } = (cause ?? {}) as { code?: string; message?: string };
  return [message, reason || code].filter(Boolean).join(": ");
}
