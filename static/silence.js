/* Silence while a question waits: a word after a while, another later, in the end a pause. Never another question, each
 * at most once for a question, and no word to those who have begun to write. A page that nobody sees says nothing; who
 * comes back to it late is led to where they were. Seconds and words are in the conversation's data attributes. */
(() => {
'use strict';

const STEPS = ['nudge', 'rest', 'away'];

let since = Date.now(); // when somebody last did something here
let next = 0;           // the step that this silence comes to
let timer;

const talk = () => document.getElementById('conversation');
const field = () => document.getElementById('answer');
const until = (step) => since + talk().dataset[step] * 1000 - Date.now();

/** Somebody is here: the silence begins anew. */
function here() {
  since = Date.now();
  wait();
}

function wait() {
  clearTimeout(timer);
  const step = STEPS[next];
  if (!step || document.hidden || !field()) return;
  timer = setTimeout(reach, until(step));
}

function reach() {
  const step = STEPS[next++];
  if (step === 'away') { leave({ pausing: true }); return; }
  // Who speaks sees other words, in the panel (voice-interview.js).
  if (!field().value && field().checkVisibility()) tell(step === 'nudge' ? talk().dataset.sayNudge : talk().dataset.sayRest);
  wait();
}

/** Beside the field, and to those who listen; it goes with the first letter, as all that stands there (interview.js). */
function tell(text) {
  const place = document.getElementById('answer-state');
  place.classList.remove('good');
  for (const spot of [place, document.getElementById('live')]) spot.textContent = text;
}

/** To the page as the server has it now, with a pause or a greeting; only where nothing is lost by leaving this one. */
async function leave({ pausing = false } = {}) {
  const { base, number } = talk().dataset;
  const ask = (path, method) => fetch(base + path, { method, headers: { Accept: 'application/json' } })
    .then((answer) => (answer.ok ? answer.json() : null), () => null);
  if (field().matches('[data-unkept], [readonly]')) return;
  const known = await ask('/state', 'GET');
  if (!known) return;
  // On another device they may have gone on: then it is only this page that is silent.
  if (pausing && known.next_number === Number(number)) await ask('/pause', 'POST');
  location.replace(base);
}

for (const sign of ['input', 'keydown', 'pointerdown', 'focusin', 'voice:heard']) document.addEventListener(sign, here);
document.addEventListener('visibilitychange', () => {
  if (!document.hidden && field() && until('away') <= 0) leave();
  here();
});
document.addEventListener('htmx:after:swap', () => { next = 0; here(); });
here();
})();
