import { ConnectionError } from "./errors.js";
import type { SignalLink } from "./signals.js";

/** A file, such as a PDF or a recording. Read it once, with one of its methods. */
export class Download {
  /** 200, or 206 if `range` was given. */
  readonly status: number;
  /** Such as `application/pdf`. */
  readonly contentType: string;
  /** Name that the server suggests, or null. */
  readonly filename: string | null;
  /** Size in bytes, or null if the server doesn't know it yet. */
  readonly size: number | null;
  /** `Content-Range` of a part, such as `bytes 0-99/1234`, or null. */
  readonly contentRange: string | null;
  readonly headers: Headers;
  readonly #response: Response;
  readonly #link: SignalLink;

  constructor(response: Response, link: SignalLink) {
    this.#response = response;
    this.#link = link;
    this.headers = response.headers;
    this.status = response.status;
    this.contentType = response.headers.get("content-type") ?? "application/octet-stream";
    this.contentRange = response.headers.get("content-range");
    this.filename = readFilename(response.headers.get("content-disposition"));
    const size = response.headers.get("content-length");
    this.size = size === null || response.headers.has("content-encoding") ? null : Number(size);
  }

  /** The content as it arrives. Cancel it if you don't read it to the end. */
  get stream(): ReadableStream<Uint8Array> {
    return this.#response.body ?? new Blob([]).stream();
  }

  arrayBuffer(): Promise<ArrayBuffer> {
    return this.#read(() => this.#response.arrayBuffer());
  }

  async bytes(): Promise<Uint8Array> {
    return new Uint8Array(await this.arrayBuffer());
  }

  blob(): Promise<Blob> {
    return this.#read(() => this.#response.blob());
  }

  text(): Promise<string> {
    return this.#read(() => this.#response.text());
  }

  async json<T = unknown>(): Promise<T> {
    return JSON.parse(await this.text()) as T;
  }

  async #read<T>(read: () => Promise<T>): Promise<T> {
    if (this.#response.bodyUsed) throw new TypeError("The file has been read already.");
    try {
      return await read();
    } catch (cause) {
      this.#link.throwIfAborted();
      throw new ConnectionError("The connection was cut during the download.", { cause });
    } finally {
      this.#link.release();
    }
  }
}

function readFilename(disposition: string | null): string | null {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? "")?.[1];
  if (encoded) return decodeURIComponent(encoded);
  return /filename="?([^";]+)"?/i.exec(disposition ?? "")?.[1] ?? null;
}
