import { OPERATIONS, type Resources } from "./generated/resources.js";
import { type Operation, readArguments } from "./operation.js";
import type { ClientOptions, DownloadOptions, RateLimit } from "./options.js";
import { type Listed, PageRequest } from "./pages.js";
import { Transport } from "./transport.js";

// The members are set in the constructor, one for each resource.
export interface InterviewRelay extends Resources {}

/**
 * Client for the API of an InterviewRelay server.
 *
 *     const client = new InterviewRelay({ apiKey: "ir_live_…", baseUrl: "https://…" });
 *     const campaign = await client.campaigns.get(id);
 */
export class InterviewRelay {
  readonly baseUrl: string;
  readonly #transport: Transport;

  constructor(options: ClientOptions = {}) {
    const apiKey = options.apiKey ?? readEnvironment("INTERVIEWRELAY_API_KEY");
    const baseUrl = checkBaseUrl(options.baseUrl ?? readEnvironment("INTERVIEWRELAY_BASE_URL"));
    this.baseUrl = baseUrl;
    this.#transport = new Transport({ ...options, apiKey, baseUrl });
    for (const [resource, operations] of Object.entries(OPERATIONS)) {
      const methods = Object.entries(operations).map(([name, operation]) => [
        name,
        bindOperation(this.#transport, operation),
      ]);
      Object.assign(this, { [resource]: Object.fromEntries(methods) });
    }
  }

  /** Rate limit as of the last response; undefined before the first one. */
  get rateLimit(): RateLimit | undefined {
    return this.#transport.rateLimit;
  }
}

function bindOperation(
  transport: Transport,
  operation: Operation,
): (...given: unknown[]) => unknown {
  return (...given) => {
    if (operation.cursor === undefined) return start(transport, operation, given);
    const [call, options] = readArguments(operation, given);
    const load = (query: Record<string, unknown>) =>
      transport.send({ ...call, query }, options as DownloadOptions) as Promise<Listed>;
    return new PageRequest(load, call.query ?? {}, operation.cursor);
  };
}

/** Wrong arguments reject the promise, as other errors do. */
async function start(transport: Transport, operation: Operation, given: unknown[]) {
  const [call, options] = readArguments(operation, given);
  return transport.send(call, options as DownloadOptions);
}

/** Address without a slash at its end. Throws a TypeError if it isn't one. */
function checkBaseUrl(given: string | undefined): string {
  if (!given) {
    throw new TypeError(
      'The server\'s address is needed: new InterviewRelay({ baseUrl: "https://…" })',
    );
  }
  if (!/^https?:\/\/[^/?#]+/.test(given)) {
    throw new TypeError(
      `baseUrl must start with https:// or http://, not ${JSON.stringify(given)}`,
    );
  }
  return given.replace(/\/+$/, "");
}

function readEnvironment(name: string): string | undefined {
  const { process } = globalThis as {
    process?: { env?: Record<string, string | undefined> };
  };
  return process?.env?.[name] || undefined;
}
