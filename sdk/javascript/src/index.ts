export { InterviewRelay } from "./client.js";
export { Download } from "./downloads.js";
export {
  ApiError,
  AuthenticationError,
  ConflictError,
  ConnectionError,
  type ErrorDetails,
  GoneError,
  InterviewRelayError,
  InvalidRequestError,
  NotFoundError,
  NotModifiedError,
  PaymentRequiredError,
  PermissionDeniedError,
  RateLimitError,
  ServerError,
  TimeoutError,
  WebhookVerificationError,
} from "./errors.js";
export type { components } from "./generated/openapi.js";
export type * from "./generated/resources.js";
export { OPERATIONS } from "./generated/resources.js";
export { VERSION } from "./generated/version.js";
export type { Bytes, Operation } from "./operation.js";
export type {
  Attempt,
  ClientOptions,
  DownloadOptions,
  RateLimit,
  RequestOptions,
} from "./options.js";
export { type Page, PageRequest } from "./pages.js";
export { responseInfo, type ResponseInfo } from "./transport.js";
export { type HeadersLike, verifyWebhook, type VerifyOptions } from "./webhooks.js";
