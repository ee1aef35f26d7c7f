/* Speaking instead of writing: joins the page (interview.js, htmx) with the spoken interview (voice-interview.js).
 * Without it, or without a microphone, answers are written. */

import { MicrophoneCheck } from './voice-check.js';
import { Server } from './voice-clip.js';
import { SpokenInterview } from './voice-interview.js';
import { Panel } from './voice-panel.js';
import { Speaker } from './voice-speaker.js';
import { showUnderstood } from './voice-understood.js';

const { store, say, fit } = globalThis.interviewrelay;
const PREFS = 'interviewrelay:voice';
const LOOK_AGAIN = 3000; // milliseconds, while the next question is on its way

const root = document.getElementById('voice');
const { base, session, language, speaks, mode } = root.dataset;
const chosen = `${PREFS}:${session}`;
const field = () => document.getElementById('answer');
const talk = () => document.getElementById('conversation');

/** Choices of this person, remembered in this browser: {talk, check, muted, volume, device, tested}. */
const prefs = new Proxy(readPrefs(), {
  set(all, name, value) { all[name] = value; store.set(PREFS, JSON.stringify(all)); return true; },
});
function readPrefs() {
  try { return { talk: 'free', volume: 1, ...JSON.parse(store.get(PREFS)) }; } catch { return { talk: 'free', volume: 1 }; }
}

const panel = new Panel(root);
const server = new Server(base, (yes) => { panel.lost = !yes; });
const speaker = new Speaker({ base, language, speaks: speaks === 'true' });
let latest = null; // what the server has understood last

const page = {
  getNumber: () => (field() ? Number(talk().dataset.number) : null),
  getQuestion: () => ({ number: Number(talk().dataset.number) - 1, text: spokenText() }),
  getTyped: () => field()?.value.trim() ?? '',
  clearTyped() { if (field()) { field().value = ''; field().dispatchEvent(new Event('input', { bubbles: true })); } },
  /** The recognised words, to be looked over and sent as what is written. */
  write({ text, doubtful }) {
    const words = doubtful.map(([from, to]) => text.slice(from, to));
    const area = field();
    area.value = text;
    area.dispatchEvent(new Event('input', { bubbles: true }));
    fit(area);
    if (words.length) tell(panel.texts.unsure.replace('…', words.join(', ')));
  },
  async refresh(reply) {
    latest = reply?.saved ?? null;
    if (reply && !reply.turn && reply.next_number === null) { location.replace(base); return; }
    await globalThis.htmx.ajax('GET', base, { target: '#conversation', select: '#conversation', swap: 'outerHTML' });
  },
  leave: () => setTimeout(() => page.refresh(latest && { saved: latest, turn: true }), LOOK_AGAIN),
};
/** The interviewer's whole turn: line, what is read back, question. */
function spokenText() {
  return ['heard', 'question'].map((id) => document.getElementById(id)?.innerText).filter(Boolean).join(' ');
}
/** Beside the answer field. */
function tell(text) {
  const place = document.getElementById('answer-state');
  if (place) place.textContent = text;
  say(text);
}

const spoken = new SpokenInterview({ page, panel, server, speaker, prefs, session });
const check = new MicrophoneCheck({
  panel, prefs, finished(passed) {
    dress();
    if (!passed) return;
    prefs.tested = true;
    controlButton.focus({ preventScroll: true });
    spoken.start();
  },
});

let speaking = (store.get(chosen) ?? (mode === 'voice' ? 'speak' : 'write')) === 'speak';

/** The page for speaking, or for writing: the answer field is there in writing, and while words are checked. */
function dress() {
  const checking = !document.getElementById('voice-check').hidden;
  root.hidden = false;
  root.dataset.on = checking ? 'check' : speaking ? 'yes' : 'no';
  document.documentElement.classList.toggle('by-voice', speaking);
}
function choose(speak) { speaking = speak; store.set(chosen, speak ? 'speak' : 'write'); dress(); }

function begin() {
  choose(true);
  panel.note(null);
  if (prefs.tested) { spoken.start(); return; }
  check.open();
  dress();
}
async function write() {
  check.close(false);
  choose(false);
  field()?.focus();
  if (!spoken.on && !spoken.parts.length) return;
  tell(panel.texts.transcribing);
  const there = await spoken.toWriting();
  if (!there) tell(panel.texts['hint-held']);
  else if (document.getElementById('answer-state')?.textContent === panel.texts.transcribing) tell('');
}

function control() {
  if (spoken.phase === 'ready' || spoken.phase === 'review') begin();
  else if (spoken.phase === 'speaking') spoken.interrupt();
  else if (spoken.recording || !spoken.hold) spoken.finish();
}
const acts = {
  speak: begin, write, control, done: () => spoken.finish(), repeat: () => spoken.repeat(), later: () => spoken.sendLater(),
  'write-now'() { spoken.forget(); write(); },
  check() { spoken.suspend(); check.open(); dress(); },
};
root.addEventListener('click', (event) => {
  const button = event.target.closest('[data-do]');
  if (!button || button.ariaDisabled === 'true' || (button.dataset.do === 'control' && holds())) return;
  acts[button.dataset.do]?.();
});

/* Push to talk: the button or the space bar, held, or pressed once and again. */
const TAP = 400; // milliseconds
let down = 0;
const holds = () => spoken.hold && spoken.on;
function press() {
  if (down) return;
  down = Date.now();
  if (spoken.recording) { spoken.release(); down = 0; return; } // the second press
  spoken.press();
}
function release() {
  if (!down) return;
  const tapped = Date.now() - down < TAP;
  down = 0;
  if (!tapped) spoken.release();
}
const controlButton = document.getElementById('voice-control');
controlButton.addEventListener('pointerdown', () => { if (holds()) press(); });
for (const end of ['pointerup', 'pointercancel']) addEventListener(end, () => { if (holds()) release(); });
const typing = (target) => target.closest?.('input, textarea, select, button, summary, a') && target !== controlButton;
document.addEventListener('keydown', (event) => {
  if (!holds() || typing(event.target) || !(event.key === ' ' || (event.key === 'Enter' && event.target === controlButton))) return;
  event.preventDefault();
  if (!event.repeat) press();
});
document.addEventListener('keyup', (event) => { if (holds() && (event.key === ' ' || event.key === 'Enter') && !typing(event.target)) { event.preventDefault(); release(); } });

/* Settings. */
function settle() {
  for (const radio of root.querySelectorAll('[name="voice-talk"]')) radio.checked = radio.value === prefs.talk;
  document.getElementById('voice-review').checked = Boolean(prefs.check);
  document.getElementById('voice-aloud').checked = !prefs.muted;
  document.getElementById('voice-volume').value = prefs.volume * 100;
  speaker.muted = Boolean(prefs.muted);
  speaker.loudness = prefs.volume;
}
root.addEventListener('input', ({ target }) => {
  if (target.name === 'voice-talk') { prefs.talk = target.value; spoken.changeTalk(); }
  else if (target.id === 'voice-review') prefs.check = target.checked;
  else if (target.id === 'voice-aloud') { prefs.muted = !target.checked; speaker.muted = prefs.muted; if (prefs.muted) spoken.hush(); }
  else if (target.id === 'voice-volume') { prefs.volume = target.value / 100; speaker.loudness = prefs.volume; }
});

/* The page around it. */
document.addEventListener('htmx:after:swap', async ({ detail: { ctx } }) => {
  if (ctx.target?.id !== 'conversation') return;
  showUnderstood(server, latest, { onopen: () => spoken.suspend(), onclose: () => speaking && spoken.start({ quietly: true }) });
  latest = null;
  await spoken.arrive();
  dress();
});
document.addEventListener('visibilitychange', () => { if (document.hidden) { check.close(false); spoken.suspend('away'); dress(); } });
addEventListener('pagehide', () => spoken.suspend());
document.addEventListener('submit', (event) => {
  const { target, submitter } = event;
  if (target.id !== 'answer-form') return;
  const act = submitter?.hasAttribute('formaction') ? submitter.formAction : '';
  const takeOver = () => { event.preventDefault(); event.stopImmediatePropagation(); };
  // A pause waits until what was said is safe.
  if (spoken.recording && act.endsWith('/pause')) { takeOver(); spoken.suspend().then(() => target.requestSubmit(submitter)); }
  // Words that were recognised go with their recordings.
  if (spoken.checked.length && !act) { takeOver(); sendChecked(submitter); }
}, true);
async function sendChecked(button) {
  tell(talk().dataset.saySaving);
  if (button) button.disabled = true;
  try { await spoken.sendWritten(); } catch { tell(talk().dataset.sayFailed); }
  if (button) button.disabled = false;
  if (speaking && spoken.phase === 'ready') spoken.start();
}

settle();
spoken.to('ready');
if (speaking && !prefs.tested) check.open();
dress();
