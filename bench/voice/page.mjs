// The page's own rules (static/voice-activity.js), run over a sound frame by frame and without a clock.
//
// Reads commands as lines of JSON and answers each with one:
//   {"open": FILE, "playing": null}   a file of samples (16 kHz, 16 bit, mono), heard from its start;
//                                     our own voice is heard from the second `playing` on
//   {"go": true}                      on to the next action: {"action": "ask"|"end"|"over", "at": SECONDS}
//   {"wait": SECONDS}                 the server's word on the pause; null if it could not be asked
//   {"unheard": true}                 the server's word that nobody spoke
//   {"yield": true}                   on to where our own voice would stop: {"at": SECONDS} or {"at": null}

import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const rules = await import(pathToFileURL(process.argv[2]));
const RATE = 16_000;
const STEP = 0.04; // seconds, as static/voice-recorder.js looks at the microphone
const WINDOW = Math.round(RATE * 2048 / 48_000);

let samples = new Float32Array(0);
let playing = null; // seconds
let place = 0;
let heard;
let turn;

function open({ open: file, playing: ours = null }) {
  const bytes = readFileSync(file);
  samples = Float32Array.from(new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length >> 1), (one) => one / 32768);
  [playing, place, heard, turn] = [ours, 0, rules.createDetector(), rules.createTurn()];
  return {};
}

/** One more frame; false at the end of the sound. */
function step() {
  place += STEP;
  const end = Math.round(place * RATE);
  if (end > samples.length) return false;
  const window = samples.subarray(Math.max(0, end - WINDOW), end);
  const voiced = rules.isVoiced(window, RATE);
  heard = rules.detect(heard, rules.getLevel(window), STEP, { playing: playing !== null && place > playing, voiced });
  return true;
}

function go() {
  while (step()) {
    let action;
    [turn, action] = rules.advance(turn, heard);
    if (action === 'ask' || action === 'end') return { action, at: place, silence: heard.silence };
  }
  return { action: 'over', at: samples.length / RATE, silence: heard.silence };
}

function yieldVoice() {
  while (step()) if (place > playing && rules.interrupts(heard)) return { at: place };
  return { at: null };
}

function run(command) {
  if ('open' in command) return open(command);
  if ('go' in command) return go();
  if ('yield' in command) return yieldVoice();
  if ('unheard' in command) [heard, turn] = [rules.restart(heard), rules.createTurn()];
  if ('wait' in command) turn = rules.answer(turn, command.wait);
  return {};
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(run(JSON.parse(line)))}\n`);
}
