import { WebhookVerificationError } from "./errors.js";
import type { WebhookEvent } from "./generated/resources.js";
import { getWebCrypto } from "./web-crypto.js";

/** Headers of a request: a `Headers` object, Node.js's `request.headers`, or pairs. */
export type HeadersLike =
  | Headers
  | Record<string, string | readonly string[] | undefined>
  | Iterable<readonly [string, string]>;

export interface VerifyOptions {
  /**
   * Which of the three signatures is checked:
   *
   * - `standard`: `webhook-signature`, as defined by Standard Webhooks. The default.
   * - `timestamped`: `X-InterviewRelay-Signature`.
   * - `body`: `X-Webhook-Signature`. It has no timestamp, so an old request can be sent again.
   */
  scheme?: "standard" | "timestamped" | "body";
  /** How many seconds the timestamp may differ from now. Default: 300. */
  tolerance?: number;
  /** The current time in milliseconds. Default: `Date.now()`. */
  now?: number;
}

interface Signed {
  /** Signatures, one of which must be right. */
  signatures: Uint8Array<ArrayBuffer>[];
  /** What was signed, before the body. */
  prefix: string;
  /** Milliseconds, or null if the scheme has no timestamp. */
  sent: number | null;
  key: (secret: string) => Uint8Array<ArrayBuffer>;
}

/**
 * Verifies a webhook and returns its event. Throws a `WebhookVerificationError` if the signature is
 * missing or wrong, or the timestamp too old or in the future.
 *
 * `body` is the request's body exactly as it was received, not the parsed object. `secret` is the
 * webhook's secret (`whsec_…`); give several if you are replacing one.
 */
export async function verifyWebhook(
  body: string | ArrayBuffer | Uint8Array,
  headers: HeadersLike,
  secret: string | readonly string[],
  options: VerifyOptions = {},
): Promise<WebhookEvent> {
  const { scheme = "standard", tolerance = 300, now = Date.now() } = options;
  const bytes = readBody(body);
  const signed = READERS[scheme](headers);
  if (signed.sent !== null && !(Math.abs(now - signed.sent) <= tolerance * 1000)) {
    throw new WebhookVerificationError("The webhook's timestamp is too old or in the future.");
  }
  const content = join(encode(signed.prefix), bytes);
  const keys = (typeof secret === "string" ? [secret] : secret)
    .map(checkSecret)
    .map(signed.key);
  if (!(await isSigned(content, signed.signatures, keys))) {
    throw new WebhookVerificationError("The webhook's signature is wrong.");
  }
  return parseEvent(bytes);
}

const READERS: Record<
  NonNullable<VerifyOptions["scheme"]>,
  (headers: HeadersLike) => Signed
> = {
  standard(headers) {
    const id = readHeader(headers, "webhook-id");
    const seconds = readHeader(headers, "webhook-timestamp");
    const signatures = readHeader(headers, "webhook-signature")
      .split(" ")
      .filter((one) => one.startsWith("v1,"))
      .map((one) => fromBase64(one.slice("v1,".length)))
      .filter((one) => one !== null);
    return {
      signatures,
      prefix: `${id}.${seconds}.`,
      sent: readNumber(seconds) * 1000,
      key: (secret) => fromBase64(secret.replace(/^whsec_/, "")) ?? refuseSecret(),
    };
  },
  timestamped(headers) {
    const milliseconds = readHeader(headers, "x-interviewrelay-timestamp");
    return {
      signatures: [fromHex(readHeader(headers, "x-interviewrelay-signature"))],
      prefix: `${milliseconds}.`,
      sent: readNumber(milliseconds),
      key: encode,
    };
  },
  body(headers) {
    const signatures = [fromHex(readHeader(headers, "x-webhook-signature"))];
    return { signatures, prefix: "", sent: null, key: encode };
  },
};

/** Whether one of the keys made one of the signatures. `verify` compares in constant time. */
async function isSigned(
  content: Uint8Array<ArrayBuffer>,
  signatures: Uint8Array<ArrayBuffer>[],
  keys: Uint8Array<ArrayBuffer>[],
): Promise<boolean> {
  const { subtle } = await getWebCrypto();
  for (const raw of keys) {
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    const key = await subtle.importKey("raw", raw, algorithm, false, ["verify"]);
    for (const signature of signatures) {
      if (await subtle.verify("HMAC", key, signature, content)) return true;
    }
  }
  return false;
}

function readBody(body: unknown): Uint8Array<ArrayBuffer> {
  if (typeof body === "string") return encode(body);
  if (body instanceof Uint8Array) return new Uint8Array(body);
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  throw new TypeError(
    "The body must be the text or bytes that were received. Don't parse it before you verify it.",
  );
}

function readHeader(headers: HeadersLike, name: string): string {
  const value = findHeader(headers, name);
  if (!value) throw new WebhookVerificationError(`The header ${name} is missing.`);
  return value;
}

function findHeader(headers: HeadersLike, name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined;
  const pairs = Symbol.iterator in headers ? headers : Object.entries(headers);
  for (const [key, value] of pairs as Iterable<[string, string | string[] | undefined]>) {
    if (key.toLowerCase() === name) return typeof value === "string" ? value : value?.[0];
  }
  return undefined;
}

function readNumber(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : NaN;
}

function checkSecret(secret: string): string {
  return typeof secret === "string" && secret ? secret : refuseSecret();
}

function refuseSecret(): never {
  throw new TypeError("The secret must be a webhook's secret (whsec_…).");
}

function parseEvent(bytes: Uint8Array): WebhookEvent {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as WebhookEvent;
  } catch (cause) {
    throw new WebhookVerificationError("The webhook's body is not JSON.", { cause });
  }
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

/** Empty for anything but hexadecimal digits in pairs, which no signature equals. */
function fromHex(text: string): Uint8Array<ArrayBuffer> {
  if (!/^([0-9a-f]{2})+$/i.test(text)) return new Uint8Array();
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(text));
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}
