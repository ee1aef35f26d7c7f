/* A clip: one recording of an answer on its way to the server. Its pieces are kept here and sent one after the other,
 * as often as it takes; then the server is asked what was said. Errors: Refused. */

import { dropClip, dropPiece, keepClip, keepPiece } from './voice-store.js';

const WAITS = [1, 2, 4, 8, 15]; // seconds between two tries; the last one again and again
const ASK_WITHIN = 6;             // seconds; a later word on a pause helps nobody

export class Refused extends Error {
  constructor(status, body) {
    super(body?.error?.message ?? body?.message ?? String(status));
    Object.assign(this, { status, code: body?.error?.code ?? body?.code, details: body?.error?.details ?? body?.details ?? {} });
  }
}

const rest = (seconds) => new Promise((resolve) => { setTimeout(resolve, seconds * 1000); });
const online = () => new Promise((resolve) => { addEventListener('online', resolve, { once: true }); });

/** The server, as this page speaks to it: `connected(yes)` hears of each reply and each failure. */
export class Server {
  constructor(base, connected) { Object.assign(this, { base, connected }); }

  /** One try. Returns [status, JSON]; throws Refused, or whatever fetch throws. */
  async call(method, path, body, { signal, seconds = 60 } = {}) {
    const limit = AbortSignal.timeout?.(seconds * 1000);
    signal = signal && limit && AbortSignal.any ? AbortSignal.any([signal, limit]) : signal ?? limit;
    const raw = body instanceof Blob;
    const type = raw ? body.type || 'application/octet-stream' : 'application/json';
    const reply = await fetch(this.base + path, {
      method, signal, headers: { Accept: 'application/json', ...(body && { 'Content-Type': type }) },
      body: raw || !body ? body : JSON.stringify(body),
    });
    const told = await reply.json().catch(() => null);
    if (!reply.ok) throw new Refused(reply.status, told);
    return [reply.status, told];
  }

  /** The same until the server has it; only its refusals are thrown, and an abort. */
  async insist(method, path, body, { signal, seconds } = {}) {
    for (let tries = 0; ; tries++) {
      try {
        const told = await this.call(method, path, body, { signal, seconds });
        this.connected(true);
        return told;
      } catch (fault) {
        const final = fault instanceof Refused && fault.status < 500 && fault.status !== 429;
        if (final) this.connected(true);
        if (final || signal?.aborted) throw fault;
        this.connected(false);
      }
      await Promise.race([rest(WAITS[Math.min(tries, WAITS.length - 1)]), online()]);
      signal?.throwIfAborted();
    }
  }
}

export class Clip {
  /** `left` are the pieces that an earlier page has kept; without it the clip is new. */
  constructor(server, session, { clip, number = null, pieces = 0, left = new Map(), type = '' } = {}) {
    this.id = clip ?? crypto.getRandomValues(new Uint32Array(4)).reduce((id, part) => id + part.toString(16).padStart(8, '0'), '');
    Object.assign(this, { server, session, number, type, blobs: left, count: pieces, sent: left.size ? Math.min(...left.keys()) : pieces });
    this.stop = new AbortController();
    this.sending = null;
  }

  #keep() { return keepClip({ clip: this.id, session: this.session, number: this.number, pieces: this.count, type: this.type }); }

  add(blob) {
    const piece = this.count++;
    this.type ||= blob.type;
    this.blobs.set(piece, blob);
    if (this.number !== null) { this.#keep(); keepPiece(this.id, piece, blob); this.send(); }
  }

  /** From now on it belongs to the answer with this number: it is kept, and sent if its time has come. */
  begin(number, { hold = false } = {}) {
    this.number = number;
    this.held = hold;
    this.#keep();
    for (const [piece, blob] of this.blobs) keepPiece(this.id, piece, blob);
    this.send();
  }

  /** Its answer's number is known now, and its time has come. */
  release(number) {
    Object.assign(this, { number, held: false });
    this.#keep();
    this.send();
  }

  /** Send what is not sent yet. Resolves when the server has all pieces recorded so far; throws Refused. */
  send() {
    if (this.held) return Promise.resolve();
    this.sending ??= this.#sendAll().finally(() => { this.sending = null; });
    this.sending.catch(() => {});
    return this.sending;
  }

  async #sendAll() {
    while (this.sent < this.count) {
      const piece = this.sent;
      if (!this.blobs.has(piece)) { this.count = piece; return; } // lost with an earlier page: the clip ends here
      try {
        await this.server.insist('PUT', `/audio/${this.id}/pieces/${piece}?number=${this.number}`, this.blobs.get(piece), { signal: this.stop.signal });
        this.sent = Math.max(this.sent, piece + 1);
      } catch (fault) {
        const known = fault instanceof Refused && fault.status === 409 ? fault.details.pieces : undefined;
        if (known === undefined || known === piece) throw fault;
        this.sent = known;
      }
      dropPiece(this.id, piece);
    }
  }

  /** What the server makes of it after `silence` seconds without a word: {heard, text, wait}. Tried once. */
  async pause(silence) {
    const late = rest(ASK_WITHIN).then(() => { throw new Error('late'); });
    late.catch(() => {});
    await Promise.race([this.send(), late]);
    const [, told] = await this.server.call('POST', `/audio/${this.id}/pause`, { pieces: this.count, silence }, { signal: this.stop.signal, seconds: ASK_WITHIN });
    return told;
  }

  /** The server's words for it: {status, text, recording_id, …}; `options` are `send` and `later`. */
  async finish(options) {
    await this.send();
    const body = { clip: this.id, pieces: this.count, number: this.number, ...options };
    const [code, told] = await this.server.insist('POST', '/audio', body, { signal: this.stop.signal });
    return { code, ...told };
  }

  /** It has become an answer, or nobody wants it: nothing of it is kept here. */
  drop() { this.stop.abort(); return dropClip(this.id); }
}
