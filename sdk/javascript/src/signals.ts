import { TimeoutError } from "./errors.js";

/** Signal for one attempt: aborts with the caller's signal or after a time. Node.js 18 and older
 * browsers have no `AbortSignal.any`. */
export class SignalLink {
  readonly #controller = new AbortController();
  readonly #caller: AbortSignal | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(caller: AbortSignal | undefined, milliseconds: number) {
    this.#caller = caller;
    caller?.addEventListener("abort", this.#abort);
    if (Number.isFinite(milliseconds)) {
      this.#timer = setTimeout(() => {
        const seconds = milliseconds / 1000;
        this.#controller.abort(new TimeoutError(`No response within ${seconds} seconds.`));
      }, milliseconds);
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Throws the caller's reason, or a TimeoutError, if one of them ended the attempt. */
  throwIfAborted(): void {
    if (this.signal.aborted) throw this.signal.reason;
  }

  stopTimer(): void {
    clearTimeout(this.#timer);
  }

  release(): void {
    this.stopTimer();
    this.#caller?.removeEventListener("abort", this.#abort);
  }

  readonly #abort = (): void => this.#controller.abort(this.#caller?.reason);
}

/** Waits, unless the signal aborts: then it throws the signal's reason. */
export function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", abort, { once: true });
  });
}
