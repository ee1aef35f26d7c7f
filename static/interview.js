/* The question and its answer: what is typed is kept here until the server has it, and said to be saved only then.
 * Without it the page is a plain form. Comes after app.js, which it takes its small help from. */
(() => {
'use strict';

const { DRAFT, store, say, fit, dress } = globalThis.interviewrelay;

const LATE = 400;        // milliseconds; what comes sooner was not waited for
const VERY_LATE = 3000;
const RETRY_AFTER = [3, 6, 12, 24, 30]; // seconds; then it is up to the person
const FINE = matchMedia('(hover: hover) and (pointer: fine)');

let timers = [];         // words that appear while we wait
let pending = null;      // {button, tries, timer}: a sending that failed and will be tried again

const talk = () => document.getElementById('conversation');
const field = () => document.getElementById('answer');
// Kept under the session's number, never under the token of the link.
const draftKey = (box) => `${DRAFT}${box.dataset.session}:${box.dataset.number}`;
/** What only the page itself holds is marked: nobody leaves it unasked (silence.js). */
const keep = (area) => area.toggleAttribute('data-unkept', !store.set(draftKey(talk()), area.value));

/** Words beside the field, and the same for those who listen. */
function state(text, { good = false, dots = false } = {}) {
  const place = document.getElementById('answer-state');
  if (!place) return;
  place.classList.toggle('good', good);
  place.textContent = text;
  if (dots) {
    const line = Object.assign(document.createElement('span'), { className: 'dots', ariaHidden: 'true' });
    line.append(...[1, 2, 3].map(() => document.createElement('i')));
    place.prepend(line);
  }
  say(text);
}
const stopTimers = () => { timers.forEach(clearTimeout); timers = []; };
const later = (after, text, how) => { timers.push(setTimeout(() => state(text, { ...how, dots: true }), after)); };
function forgetPending() { clearTimeout(pending?.timer); pending = null; }

/** The page has opened, or a new question has been swapped in. */
function settle(box, swapped) {
  const area = field();
  const key = draftKey(box);
  const others = (name) => name.startsWith(`${DRAFT}${box.dataset.session}:`) && name !== key;
  // After an answer the server has what was typed for every other number; else somebody may have answered elsewhere.
  if (swapped) store.drop(others); else recall(box, store.find(others));
  if (area) {
    const kept = store.get(key);
    if (area.value) keep(area); // refused by the server and given back: just as precious
    else if (kept) {
      area.value = kept;
      state(box.dataset.sayRestored);
    }
    fit(area);
  }
  const last = box.querySelector('.last .said');
  // Nothing is cut where all of it fits.
  if (last) box.querySelector('[data-whole]').hidden = last.scrollHeight <= last.clientHeight;
  holdProgress(box);
  toNow();
  if (!swapped || document.documentElement.classList.contains('by-voice')) return; // who listens keeps the focus (voice.js)
  // With a keyboard one writes on at once (line and question are the field's description and are read out with it). On
  // a touch screen the question itself gets the focus, and the line before it is said: the keyboard stays away until
  // the person has read it.
  const writing = area && FINE.matches;
  const line = writing ? '' : document.getElementById('heard')?.innerText ?? '';
  say([box.dataset.saved ? box.dataset.saySaved : '', line].filter(Boolean).join('. ').replace(/\s+/g, ' '));
  (writing ? area : document.getElementById('question'))?.focus({ preventScroll: true });
}

/** What was typed for an earlier question and never sent stands beside this one's field, to be copied. */
function recall(box, texts) {
  const sent = [...box.querySelectorAll('.yours .said')].map((said) => said.textContent.trim());
  const left = texts.findLast((text) => text.trim() && !sent.includes(text.trim()));
  if (left === undefined || document.getElementById('passed')) return;
  document.getElementById('answer-form')?.before(document.getElementById('passed-form').content.cloneNode(true));
  const area = document.getElementById('passed-text');
  if (area) { area.value = left; fit(area); }
}

/** The question that stands is at the top; what went before is above it. */
function toNow() {
  if (document.querySelector('.earlier')) document.getElementById('now').scrollIntoView({ block: 'start', behavior: 'instant' });
}

/** Follow-up questions may lengthen the way; the line never runs backwards. */
let furthest = 0;
function holdProgress(box) {
  const line = box.querySelector('.strip progress');
  if (!line) return;
  furthest = Math.max(furthest, line.position);
  line.value = furthest * line.max;
}

function retry() {
  const { button } = pending ?? {};
  clearTimeout(pending?.timer);
  if (button?.isConnected) button.form.requestSubmit(button);
}
/** Not taken: the text stays, and the same number is sent again (the server answers a repetition with the same reply). */
function postpone(box, button, words) {
  const tries = (pending?.tries ?? 0) + 1;
  clearTimeout(pending?.timer);
  const wait = RETRY_AFTER[tries - 1];
  if (!wait) { forgetPending(); state(box.dataset.sayFailed); return; }
  pending = { button, tries, timer: setTimeout(retry, wait * 1000) };
  state(words);
}
addEventListener('online', () => { if (pending) retry(); });

document.addEventListener('input', (event) => {
  const area = event.target;
  if (area !== field()) return;
  forgetPending(); // the text is another now; it goes when the person sends it
  if (area.value) keep(area); else store.drop((name) => name === draftKey(talk()));
  if (document.getElementById('answer-state').textContent) state('');
});
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.target !== field() || event.isComposing) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

const ours = (ctx) => talk() && ctx.sourceElement?.id === 'answer-form';

document.addEventListener('htmx:before:request', ({ detail: { ctx } }) => {
  if (!ours(ctx)) return;
  const words = talk().dataset;
  field().readOnly = true;
  stopTimers();
  state('');
  later(LATE, words.saySaving);
  later(VERY_LATE, words.sayWorking);
});
// The head of the answer may come long before its body: what was sent is stored, the next question is thought of.
document.addEventListener('htmx:before:response', ({ detail: { ctx } }) => {
  if (!ours(ctx) || !ctx.response.headers.has('X-Saved')) return;
  stopTimers();
  state(talk().dataset.saySaved, { good: true });
  later(LATE, talk().dataset.sayThinking, { good: true });
});
document.addEventListener('htmx:before:swap', (event) => {
  const { ctx } = event.detail;
  if (!ours(ctx)) return;
  stopTimers();
  const status = ctx.response.status;
  if (ctx.text.includes('id="conversation"')) { forgetPending(); return; }
  // Anything else must not wipe out the conversation.
  event.preventDefault();
  if (status === 429 || status >= 500) postpone(talk(), ctx.request.submitter ?? ctx.sourceElement.querySelector('button'), talk().dataset.sayRetry);
  else if (status === 409 || status === 410) ctx.sourceElement.submit(); // too late: the page itself gives the text back
  else location.assign(talk().dataset.base); // ended, closed or moved on: the page itself knows what to show
});
document.addEventListener('htmx:after:swap', ({ detail: { ctx } }) => {
  const box = talk();
  if (ctx.target?.id !== 'conversation') return;
  box.classList.add('swapped');
  dress(box);
  settle(box, true);
});
document.addEventListener('htmx:error', ({ detail: { ctx } }) => {
  if (!ctx || !ours(ctx)) return;
  stopTimers();
  const button = ctx.request.submitter ?? ctx.sourceElement.querySelector('button');
  const words = talk().dataset;
  postpone(talk(), button, button.formAction.endsWith('/skip') ? words.saySkipOffline : words.sayOffline);
});
document.addEventListener('htmx:finally:request', ({ detail: { ctx } }) => {
  const area = field();
  if (!ctx || !area) return;
  area.readOnly = false;
  // Disabling the pressed button threw the focus away; give it back when the same form stays.
  if (ours(ctx) && ctx.sourceElement.isConnected && document.activeElement === document.body) area.focus({ preventScroll: true });
});

addEventListener('load', () => { if (talk()) toNow(); });
document.addEventListener('DOMContentLoaded', () => { if (talk()) settle(talk(), false); });
})();
