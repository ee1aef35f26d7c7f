/* Voice activity: when somebody speaks, and when an answer may end. Pure functions over the level of short frames of
 * sound; they touch neither the page nor a clock, so that node runs them too (tests and benchmark).
 *
 *   let heard = createDetector();
 *   heard = detect(heard, getLevel(samples), seconds);   // once a frame, 20 to 100 ms each
 *   let turn = createTurn();
 *   [turn, action] = advance(turn, heard);               // 'ask', 'patience', 'end' or null
 *
 * 'ask' is the moment to send what was said and to ask the server how long to wait (`answer(turn, wait)`). */

export const RULES = {
  ask: 1.2,       // seconds of silence after which the server is asked whether the answer is complete
  patience: 4,    // after which the page says that it waits
  alone: 9,       // after which an answer ends if the server cannot be asked
  bargeIn: 0.6,   // seconds of speech that stop the interviewer's voice: "mm-hm" and "okay" are shorter
  voiced: 0.16,   // of which so much has to be voice: a breath is none
  word: 0.12,     // seconds of sound that count as speech at all; a click is shorter
};

const QUIETEST = -80;      // dBFS
const LOUDEST_FLOOR = -30; // in louder noise no answer ends by itself: rather that than cut somebody off
const FAINTEST = -54;      // what is below is never speech, however quiet the room
const ABOVE_FLOOR = 8;     // dB at which speech begins
const HYSTERESIS = 3;      // and goes on
const OVER_OUR_VOICE = 6;  // more, while the loudspeaker plays
const ABOVE_ECHO = 4;      // dB above what the echo canceller leaves of our voice
const LEARNING = 0.6;      // seconds in which that is learned, from the beginning of our voice
const LOUDEST_ECHO = -40;  // dBFS; what is louder then is somebody speaking
const ECHO_DECAY = 3;      // dB a second
const BIN = 0.25;          // seconds; the floor is the least level of the last bins
const BINS = 12;
const GAP = 0.4;           // seconds between two sounds of one utterance
const VOICE_HERTZ = 1000;  // most of a voice is below

/** Level of samples (-1 to 1) in dBFS. */
export function getLevel(samples) {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.max(QUIETEST, 10 * Math.log10(sum / Math.max(1, samples.length) + 1e-12));
}

/** True if at least half of the sound's power is low, as in voices; in breath and clicks little is. `rate` is in hertz. */
export function isVoiced(samples, rate) {
  const width = Math.round(rate / VOICE_HERTZ / 2); // of a moving mean
  let [low, all, run] = [0, 0, 0];
  for (let i = 0; i < samples.length; i++) {
    run += samples[i] - (i < width ? 0 : samples[i - width]);
    low += (run / width) ** 2;
    all += samples[i] ** 2;
  }
  return low > all / 2;
}

/** A detector that has heard nothing yet. `silence`, `run` (sound without gaps), `span` (an utterance with its gaps),
 * `voice` (what of it is voiced) and `ours` (our own voice) are seconds; `echo` is a level; `spoke` says that a word was
 * heard. */
export function createDetector() {
  return {
    level: QUIETEST, floor: -60, echo: QUIETEST, ours: 0, active: false, run: 0, span: 0, voice: 0, silence: 0, spoke: false,
    bins: [], bin: null, inBin: 0,
  };
}

/** The detector after one more frame; `playing` while our own voice is heard in the room. */
export function detect(heard, frameLevel, seconds, { playing = false, voiced = true } = {}) {
  // Up at once, down a little slower: a syllable is not cut in two.
  const level = frameLevel > heard.level ? frameLevel : heard.level + (frameLevel - heard.level) * Math.min(1, seconds / 0.05);
  const { bins, bin, inBin, floor } = trackFloor(heard, frameLevel, seconds);
  const quiet = Math.max(FAINTEST, floor + ABOVE_FLOOR);
  const onset = playing ? Math.max(quiet + OVER_OUR_VOICE, heard.echo + ABOVE_ECHO) : quiet;
  const active = level > (heard.active ? onset - HYSTERESIS : onset);
  const silence = active ? 0 : heard.silence + seconds;
  const over = silence > GAP;
  const run = active ? heard.run + seconds : (over ? 0 : heard.run);
  const span = active ? heard.span + (heard.span ? heard.silence : 0) + seconds : (over ? 0 : heard.span);
  const voice = over ? 0 : heard.voice + (active && voiced ? seconds : 0);
  const ours = playing ? heard.ours + seconds : 0;
  const echo = playing ? trackEcho(heard.echo, level, seconds, !active || ours < LEARNING) : QUIETEST;
  return {
    level, floor, echo, ours, active, run, span, voice, silence, spoke: heard.spoke || run >= RULES.word, bins, bin, inBin,
  };
}

/** What is heard of our own voice while nobody else speaks: up at once, down slowly. */
function trackEcho(echo, level, seconds, alone) {
  const lower = echo - ECHO_DECAY * seconds;
  return alone ? Math.min(LOUDEST_ECHO, Math.max(lower, level)) : lower;
}

/** True if somebody speaks, and does not only breathe, cough or say "mm-hm". */
export const interrupts = (heard) => heard.active && heard.span >= RULES.bargeIn && heard.voice >= RULES.voiced;

/** Minimum statistics: speech has gaps, so the least level of some seconds is the room's. */
function trackFloor(heard, level, seconds) {
  const bin = Math.min(heard.bin ?? level, level);
  const inBin = heard.inBin + seconds;
  if (inBin < BIN) return { bins: heard.bins, bin, inBin, floor: heard.floor };
  const bins = [...heard.bins, bin].slice(-BINS);
  const least = Math.min(...bins);
  // Until three bins are known, somebody may have spoken from the first moment.
  const floor = bins.length < 3 ? Math.min(heard.floor, least) : least;
  return { bins, bin: null, inBin: 0, floor: Math.min(LOUDEST_FLOOR, Math.max(QUIETEST, floor)) };
}

/** The same detector, for a new answer: what was heard before does not count. */
export const restart = (heard) => ({ ...heard, run: 0, span: 0, voice: 0, silence: 0, spoke: false });

/** A turn in which nobody has spoken and the server was not asked. `wait` is null until it has answered. */
export const createTurn = () => ({ asked: false, wait: null, patient: false, ended: false });

/** The turn after one more frame, and what is to be done now. Any sound takes everything back. */
export function advance(turn, heard) {
  if (heard.active) return [turn.asked || turn.patient ? createTurn() : turn, null];
  if (!heard.spoke) return [turn, null];
  if (!turn.asked && heard.silence >= RULES.ask) return [{ ...turn, asked: true }, 'ask'];
  if (turn.wait && !turn.ended && heard.silence >= turn.wait) return [{ ...turn, ended: true }, 'end'];
  if (!turn.patient && heard.silence >= RULES.patience) return [{ ...turn, patient: true }, 'patience'];
  return [turn, null];
}

/** The server's word on how many seconds of silence end this answer: 0 never; null if it could not be asked. */
export const answer = (turn, wait) => ({ ...turn, wait: wait === null ? RULES.alone : wait });
