import type { ErrorCode } from "./generated/resources.js";

/** Base class of all errors that the SDK throws. */
export class InterviewRelayError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message);
    if (options && "cause" in options) this.cause = options.cause;
  }

  declare cause?: unknown;
}

/** No response: the server can't be reached, or the connection was cut. */
export class ConnectionError extends InterviewRelayError {}

/** No response within the timeout. */
export class TimeoutError extends ConnectionError {}

/** The version in `ifNoneMatch` is still current. */
export class NotModifiedError extends InterviewRelayError {}

/** A webhook's signature is missing or wrong, or its timestamp is too old. */
export class WebhookVerificationError extends InterviewRelayError {}

/** Details of an error. The fields depend on its code. */
export interface ErrorDetails {
  /** The invalid field or parameter. */
  field?: string;
  /** The expected value, in a few words. */
  expected?: string;
  /** All errors, if several fields are invalid. */
  errors?: { field: string; expected: string; message: string }[];
  [name: string]: unknown;
}

/** What an error response says. */
export interface ErrorResponse {
  status: number;
  code: string;
  message: string;
  details: ErrorDetails;
  requestId: string | null;
  /** Seconds after which the server wants to be asked again, or null. */
  retryAfter: number | null;
  headers: Headers;
}

/** The API refused a request, or failed. `code` says why; `is()` narrows it. */
export class ApiError extends InterviewRelayError {
  readonly status: number;
  /** One of the codes in the API's documentation. Newer servers may have more. */
  readonly code: ErrorCode | (string & {});
  readonly details: ErrorDetails;
  /** Include it when you ask for help. */
  readonly requestId: string | null;
  readonly headers: Headers;
  /** Seconds after which the server wants to be asked again, or null. */
  readonly retryAfter: number | null;

  constructor(response: ErrorResponse) {
    super(response.message);
    this.status = response.status;
    this.code = response.code;
    this.details = response.details;
    this.requestId = response.requestId;
    this.headers = response.headers;
    this.retryAfter = response.retryAfter;
  }

  is<Code extends ErrorCode>(code: Code): this is this & { readonly code: Code } {
    return this.code === code;
  }
}

/** 400, 405, 408, 413, 414, 415, 422 and 431: the request must be corrected. */
export class InvalidRequestError extends ApiError {}
/** 401: the API key is missing, wrong, revoked or expired. */
export class AuthenticationError extends ApiError {}
/** 402: not enough credits, or the plan doesn't allow more. */
export class PaymentRequiredError extends ApiError {}
/** 403: the key isn't permitted to do this. */
export class PermissionDeniedError extends ApiError {}
/** 404: the object doesn't exist, or belongs to another organization. */
export class NotFoundError extends ApiError {}
/** 409: the request conflicts with the current state. */
export class ConflictError extends ApiError {}
/** 410: a participant's link has expired or was cancelled. */
export class GoneError extends ApiError {}
/** 429: too many requests; `retryAfter` says how long to wait. */
export class RateLimitError extends ApiError {}
/** 500 and above: the server failed. */
export class ServerError extends ApiError {}

// Minifiers shorten the names of classes.
const NAMED = {
  InterviewRelayError,
  ConnectionError,
  TimeoutError,
  NotModifiedError,
  WebhookVerificationError,
  ApiError,
  InvalidRequestError,
  AuthenticationError,
  PaymentRequiredError,
  PermissionDeniedError,
  NotFoundError,
  ConflictError,
  GoneError,
  RateLimitError,
  ServerError,
};
for (const [name, kind] of Object.entries(NAMED)) {
  Object.defineProperty(kind.prototype, "name", {
    value: name,
    configurable: true,
    writable: true,
  });
}

const BY_STATUS: Record<number, typeof ApiError> = {
  401: AuthenticationError,
  402: PaymentRequiredError,
  403: PermissionDeniedError,
  404: NotFoundError,
  409: ConflictError,
  410: GoneError,
  429: RateLimitError,
};

/** Error for a response with a status of 400 or more, and its text. */
export function buildApiError(response: Response, text: string): ApiError {
  const { status, headers } = response;
  const { code, message, details, request_id } = parseError(text);
  const kind = BY_STATUS[status] ?? (status < 500 ? InvalidRequestError : ServerError);
  return new kind({
    status,
    headers,
    code: typeof code === "string" ? code : `HTTP_${status}`,
    message:
      typeof message === "string" ? message : `The server responded with status ${status}.`,
    details: typeof details === "object" && details ? (details as ErrorDetails) : {},
    requestId:
      headers.get("x-request-id") ?? (typeof request_id === "string" ? request_id : null),
    retryAfter: readRetryAfter(headers),
  });
}

/** Seconds of a `Retry-After` header, which may also be a date; null if there is none. */
function readRetryAfter(headers: Headers): number | null {
  const value = headers.get("retry-after");
  if (value === null) return null;
  if (/^\d+$/.test(value)) return Number(value);
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, (date - Date.now()) / 1000);
}

/** The `error` object of a response; empty if it isn't the API's, such as a proxy's page. */
function parseError(text: string): Record<string, unknown> {
  try {
    const { error } = JSON.parse(text) as { error?: unknown };
    return typeof error === "object" && error ? (error as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
