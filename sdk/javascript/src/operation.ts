/** An operation of the API, as data. */
export interface Operation {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path with the names of its ids in braces, such as `/api/campaigns/{campaign_id}`. */
  readonly path: string;
  /** What its body is: JSON, a form with files, or bytes. If there is a choice, it is a form when
   * one of its fields is a file. */
  readonly body?: "json" | "form" | "json or form" | "bytes";
  /** Whether it has query parameters. */
  readonly query?: true;
  /** What the method returns. `any`: an object if the response is JSON, a string otherwise. */
  readonly gives: "json" | "page" | "text" | "any" | "file" | "nothing";
  /** `Accept` header; JSON by default. */
  readonly accept?: string;
  /** Name of the parameter that gets the next page. */
  readonly cursor?: "cursor" | "after";
  /** Whether it accepts an idempotency key. */
  readonly idempotent?: true;
  /** Whether it is called without an API key. */
  readonly keyless?: true;
}

/** What is sent as it is. */
export type Bytes = Blob | ArrayBuffer | Uint8Array;

type Fields = Record<string, unknown>;

/** Values for the ids in a path, then the body, then the query, then the options. */
export interface Call {
  readonly operation: Operation;
  readonly ids: readonly string[];
  readonly body: Fields | Bytes | undefined;
  readonly query: Fields | undefined;
}

/** Reads the arguments of a method. Throws a TypeError if an id can't be part of a path. */
export function readArguments(
  operation: Operation,
  given: readonly unknown[],
): [Call, unknown] {
  const names = operation.path.match(/{\w+}/g) ?? [];
  const ids = names.map((name, index) => checkId(given[index], name.slice(1, -1)));
  const rest = given.slice(names.length);
  const body = operation.body ? (rest.shift() as Call["body"]) : undefined;
  const query = operation.query ? (rest.shift() as Call["query"]) : undefined;
  return [{ operation, ids, body, query }, rest[0]];
}

/** Address of a call. */
export function buildUrl(baseUrl: string, { operation, ids, query }: Call): string {
  const remaining = [...ids];
  const path = operation.path.replace(/{\w+}/g, () =>
    encodeURIComponent(remaining.shift() ?? ""),
  );
  const asked = buildQuery(query);
  return baseUrl + path + (asked && `?${asked}`);
}

function checkId(value: unknown, name: string): string {
  if (Number.isSafeInteger(value)) return String(value);
  // A browser would turn "." and ".." into another path.
  if (typeof value !== "string" || value === "" || value === "." || value === "..") {
    throw new TypeError(`${name} must be a non-empty string, not ${JSON.stringify(value)}`);
  }
  return value;
}

function buildQuery(input: Call["query"]): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) {
        query.append(name, one instanceof Date ? one.toISOString() : String(one));
      }
    }
  }
  return query.toString();
}
