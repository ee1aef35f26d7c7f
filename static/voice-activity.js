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
  bargeIn: 0.5,   // seconds of speech that stop the interviewer's voice
  word: 0.12,     // seconds of sound that count as speech at all; a click is shorter
};

const QUIETEST = -80;      // dBFS
const LOUDEST_FLOOR = -30; // in louder noise no answer ends by itself: rather that than cut somebody off
const FAINTEST = -54;      // what is below is never speech, however quiet the room
const ABOVE_FLOOR = 8;     // dB at which speech begins
const HYSTERESIS = 3;      // and goes on
const OVER_OUR_VOICE = 6;  // more, while the loudspeaker plays: what the echo canceller leaves
const BIN = 0.25;          // seconds; the floor is the least level of the last bins
const BINS = 12;
const GAP = 0.3;           // seconds between two sounds of one utterance

/** Level of samples (-1 to 1) in dBFS. */
export function getLevel(samples) {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.max(QUIETEST, 10 * Math.log10(sum / Math.max(1, samples.length) + 1e-12));
}

/** A detector that has heard nothing yet. `silence` and `run` are seconds; `spoke` says that a word was heard. */
export function createDetector() {
  return { level: QUIETEST, floor: -60, active: false, run: 0, silence: 0, spoke: false, bins: [], bin: null, inBin: 0 };
}

/** The detector after one more frame; `playing` while our own voice is heard in the room. */
export function detect(heard, frameLevel, seconds, { playing = false } = {}) {
  // Up at once, down a little slower: a syllable is not cut in two.
  const level = frameLevel > heard.level ? frameLevel : heard.level + (frameLevel - heard.level) * Math.min(1, seconds / 0.05);
  const { bins, bin, inBin, floor } = trackFloor(heard, frameLevel, seconds);
  const onset = Math.max(FAINTEST, floor + ABOVE_FLOOR) + (playing ? OVER_OUR_VOICE : 0);
  const active = level > (heard.active ? onset - HYSTERESIS : onset);
  const silence = active ? 0 : heard.silence + seconds;
  const run = active ? heard.run + seconds : (silence > GAP ? 0 : heard.run);
  return { level, floor, active, run, silence, spoke: heard.spoke || run >= RULES.word, bins, bin, inBin };
}

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
export const restart = (heard) => ({ ...heard, run: 0, silence: 0, spoke: false });

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
