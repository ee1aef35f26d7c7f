/* The interviewer's voice: the server's, sentence by sentence; else the browser's own; else none. */

const PATIENCE = 12_000;     // milliseconds for a sentence to arrive
const A_LETTER = 130;        // milliseconds; browsers do not always say that they have finished
const OGG = 'audio/ogg; codecs=opus';

/** A WAV file of a few samples without sound: the header, then zeros. */
const SILENCE = (() => {
  const file = new DataView(new ArrayBuffer(44 + 320));
  const word = (at, letters) => [...letters].forEach((letter, i) => file.setUint8(at + i, letter.charCodeAt(0)));
  word(0, 'RIFF'); word(8, 'WAVEfmt '); word(36, 'data');
  file.setUint32(4, 356, true); file.setUint32(16, 16, true); file.setUint16(20, 1, true); file.setUint16(22, 1, true);
  file.setUint32(24, 16000, true); file.setUint32(28, 32000, true); file.setUint16(32, 2, true); file.setUint16(34, 16, true);
  file.setUint32(40, 320, true);
  return file.buffer;
})();

export class Speaker {
  constructor({ base, language, speaks }) {
    Object.assign(this, { base, language, speaks, volume: 1, muted: false, playing: false, job: null });
    this.audio = new Audio();
    this.format = this.audio.canPlayType(OGG) ? 'ogg' : 'mp3';
  }

  /** Called while a press is handled: some browsers let only what has played then play later by itself. */
  unlock() {
    if (this.unlocked) return;
    this.unlocked = true;
    this.audio.src = URL.createObjectURL(new Blob([SILENCE], { type: 'audio/wav' }));
    this.audio.play().catch(() => { this.unlocked = false; });
  }

  set loudness(value) { this.volume = value; this.audio.volume = value; }

  /** Say the interviewer's turn `number`, whose words are `text`. `onsound` hears of the first sound. Resolves to 'ended',
   * 'stopped', 'blocked' (the browser wants a press first) or 'silent' (there is no voice, or it is muted). */
  async speak(number, text, onsound) {
    this.stop();
    if (this.muted) return 'silent';
    const job = this.job = { stop: new AbortController(), onsound };
    job.stop.signal.addEventListener('abort', () => { this.audio.pause(); globalThis.speechSynthesis?.cancel(); });
    let outcome = this.speaks ? await this.#fromServer(number, job) : 'silent';
    if (outcome === 'silent' && !job.stop.signal.aborted) outcome = await this.#fromBrowser(text, job);
    if (job.stop.signal.aborted) outcome = 'stopped';
    if (this.job === job) { this.job = null; this.playing = false; }
    return outcome;
  }

  /** Silent at once. */
  stop() {
    this.job?.stop.abort();
    this.job = null;
    this.playing = false;
  }

  async #fetch(number, sentence, signal) {
    const limit = AbortSignal.timeout ? AbortSignal.any?.([signal, AbortSignal.timeout(PATIENCE)]) ?? signal : signal;
    const reply = await fetch(`${this.base}/speech/${number}?sentence=${sentence}&format=${this.format}`, { signal: limit });
    if (reply.status === 404 && sentence === 0) this.speaks = false;
    if (!reply.ok) throw new Error(String(reply.status));
    return [Number(reply.headers.get('X-Sentences') ?? 1), await reply.blob()];
  }

  async #fromServer(number, job) {
    const { signal } = job.stop;
    let outcome = 'silent';
    try {
      let next = this.#fetch(number, 0, signal);
      for (let sentence = 0; next; sentence++) {
        const [sentences, sound] = await next;
        next = sentence + 1 < sentences ? this.#fetch(number, sentence + 1, signal) : null;
        next?.catch(() => {});
        await this.#play(sound, job);
        outcome = 'ended';
      }
    } catch (fault) {
      // Half of a question was heard: the rest is read on the page.
      if (fault.name === 'NotAllowedError') return 'blocked';
    }
    return outcome;
  }

  async #play(sound, job) {
    const url = URL.createObjectURL(sound);
    const { audio } = this;
    try {
      const over = new Promise((resolve, reject) => {
        audio.onended = resolve;
        audio.onerror = () => reject(new Error('unplayable'));
        job.stop.signal.addEventListener('abort', () => reject(new Error('stopped')));
      });
      over.catch(() => {});
      audio.src = url;
      audio.volume = this.volume;
      await audio.play();
      this.#sounds(job);
      await over;
    } finally { URL.revokeObjectURL(url); }
  }

  #sounds(job) {
    if (this.job !== job) return;
    this.playing = true;
    job.onsound?.();
    job.onsound = null;
  }

  async #voice() {
    const speech = globalThis.speechSynthesis;
    if (!speech) return null;
    const find = () => speech.getVoices().find((one) => one.lang.toLowerCase().split(/[-_]/)[0] === this.language.split('-')[0]);
    if (!speech.getVoices().length) {
      await new Promise((resolve) => { speech.onvoiceschanged = resolve; setTimeout(resolve, 300); });
    }
    return find() ?? null;
  }

  async #fromBrowser(text, job) {
    const voice = await this.#voice();
    if (!voice || job.stop.signal.aborted) return 'silent';
    const words = Object.assign(new SpeechSynthesisUtterance(text), { voice, lang: voice.lang, volume: this.volume });
    return new Promise((resolve) => {
      const end = (outcome) => () => { clearTimeout(watch); resolve(outcome); };
      const watch = setTimeout(end('ended'), 5000 + text.length * A_LETTER);
      words.onstart = () => this.#sounds(job);
      words.onend = end('ended');
      words.onerror = (event) => end(event.error === 'not-allowed' ? 'blocked' : 'silent')();
      job.stop.signal.addEventListener('abort', end('stopped'));
      speechSynthesis.speak(words);
    });
  }
}
