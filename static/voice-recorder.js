/* The microphone: its level while it is open, and recordings of it in pieces of a second. */

const TYPES = ['audio/webm;codecs=opus', 'audio/mp4;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'];
const BITS = 32_000;    // a second; more changes nothing for the recogniser
const SLICE = 1000;     // milliseconds
const FRAME = 40;
const LONGEST = 0.25;   // seconds that one frame may count for: a busy page has not heard silence
const OVERLAP = 1;      // seconds of two recordings at once

/** Why there is no microphone here: 'insecure', 'unsupported', or null. */
export function getObstacle() {
  if (!isSecureContext) return 'insecure';
  return navigator.mediaDevices?.getUserMedia && globalThis.MediaRecorder ? null : 'unsupported';
}
const REASONS = {
  NotAllowedError: 'refused', SecurityError: 'refused', NotFoundError: 'missing', OverconstrainedError: 'missing',
  NotReadableError: 'busy', AbortError: 'busy',
};
export const getReason = (fault) => REASONS[fault?.name] ?? 'unsupported';

export class Microphone {
  /** Asks for permission where that is due. `onframe(samples, seconds, rate)` is called while it is open, `onlost()` if
   * it is unplugged or taken away. Throws what getUserMedia throws; getReason names it. */
  static async open({ device, onframe, onlost }) {
    const audio = { echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...(device && { deviceId: { ideal: device } }) };
    const stream = await navigator.mediaDevices.getUserMedia({ audio });
    return new Microphone(stream, onframe, onlost);
  }

  constructor(stream, onframe, onlost) {
    this.stream = stream;
    this.context = new AudioContext();
    this.context.resume();
    const analyser = Object.assign(this.context.createAnalyser(), { fftSize: 2048 });
    this.context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    let last = performance.now();
    this.timer = setInterval(() => {
      const now = performance.now();
      analyser.getFloatTimeDomainData(samples);
      onframe(samples, Math.min(LONGEST, (now - last) / 1000), this.context.sampleRate);
      last = now;
    }, FRAME);
    for (const track of stream.getTracks()) track.addEventListener('ended', () => onlost?.());
  }

  get device() { return this.stream.getAudioTracks()[0]?.getSettings().deviceId ?? ''; }

  close() {
    clearInterval(this.timer);
    for (const track of this.stream.getTracks()) track.stop();
    this.context.close();
  }
}

export async function listMicrophones() {
  const all = await navigator.mediaDevices.enumerateDevices();
  return all.filter((one) => one.kind === 'audioinput' && one.deviceId);
}

/** A recording under way; its pieces go into `clip` (voice-clip.js) or whatever else has `add(blob)`. */
export class Recording {
  constructor(stream, clip) {
    this.clip = clip;
    this.since = performance.now();
    this.flushed = null;
    const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
    this.recorder = new MediaRecorder(stream, { ...(mimeType && { mimeType }), audioBitsPerSecond: BITS });
    this.ended = new Promise((resolve) => { this.recorder.addEventListener('stop', resolve); });
    this.recorder.addEventListener('dataavailable', ({ data }) => {
      if (data.size && this.clip) this.clip.add(data);
      this.flushed?.();
    });
    this.recorder.start(SLICE);
  }

  get age() { return (performance.now() - this.since) / 1000; }

  /** Resolves when all that was said until now is in the clip. */
  async flush() {
    if (this.recorder.state !== 'recording') return;
    const arrived = new Promise((resolve) => { this.flushed = resolve; });
    this.recorder.requestData();
    await arrived;
  }

  /** Ends it. Resolves when the last piece is in the clip. */
  async stop() {
    if (this.recorder.state !== 'inactive') this.recorder.stop();
    await this.ended;
  }

  discard() {
    this.clip = null;
    if (this.recorder.state !== 'inactive') this.recorder.stop();
  }
}

/** Recordings that nobody hears unless somebody speaks: then the last seconds are there. */
export class Standby {
  constructor(stream, createClip) {
    const begin = () => new Recording(stream, createClip());
    Object.assign(this, { begin, older: begin(), younger: null });
  }

  /** Called with every frame: forgets what is older than `seconds`. */
  roll(seconds) {
    if (!this.younger && this.older.age > seconds) this.younger = this.begin();
    if (this.younger?.age > OVERLAP) {
      this.older.discard();
      [this.older, this.younger] = [this.younger, null];
    }
  }

  /** The recording, from now on the caller's. */
  take() {
    this.younger?.discard();
    return this.older;
  }

  discard() { this.older.discard(); this.younger?.discard(); }
}
