/* InterviewRelay in the browser. Nothing here is needed: without it the pages are links and plain forms.
 * Loaded before the page is painted, so that the chosen theme is there from the first moment; all else waits for the
 * document. Nothing is sent anywhere but to the address of the form itself; the link's token is neither stored nor logged. */
(() => {
'use strict';

const root = document.documentElement;
root.classList.add('js');

/** Storage may be closed (private windows, policies); then we simply remember nothing. */
const store = {
  get: (key) => { try { return localStorage.getItem(key); } catch { return null; } },
  set: (key, value) => { try { localStorage.setItem(key, value); return true; } catch { return false; } },
  drop: (test) => { try { Object.keys(localStorage).filter(test).forEach((key) => localStorage.removeItem(key)); } catch { /* nothing kept */ } },
};
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

/* ── Theme ───────────────────────────────────────────────────────────────────────────────────────────── */

const THEME = 'interviewrelay:theme';
const applyTheme = (theme) => { if (theme === 'light' || theme === 'dark') root.dataset.theme = theme; };
applyTheme(store.get(THEME));

function switchTheme() {
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  const next = dark ? 'light' : 'dark';
  applyTheme(next);
  store.set(THEME, next);
  toast(next === 'dark' ? 'Dark theme' : 'Light theme');
}

/* ── Small help for every page ───────────────────────────────────────────────────────────────────────── */

/** Says a sentence in the page's live region; on the desk it is also seen for a while. */
function toast(text) {
  const place = document.getElementById('toasts');
  if (!place) return;
  const note = Object.assign(document.createElement('div'), { className: 'toast', textContent: text });
  place.replaceChildren(note);
  setTimeout(() => note.remove(), 4000);
}
/** The same words once more would be read out once more. */
function say(text) {
  const live = document.getElementById('live');
  if (live && live.textContent !== text) live.textContent = text;
}

const grows = CSS.supports('field-sizing', 'content');
function fit(area) {
  if (grows) return;
  const chrome = area.offsetHeight - area.clientHeight;
  area.style.blockSize = 'auto';
  area.style.blockSize = `${area.scrollHeight + chrome}px`;
}

async function copy(field, button) {
  try { await navigator.clipboard.writeText(field.value); } catch { field.select(); document.execCommand('copy'); }
  button.textContent = 'Copied';
  toast('Copied');
  setTimeout(() => { button.textContent = 'Copy'; }, 2000);
}

/** What a page or a swapped piece of it needs; may run again on the same elements. */
function dress(within) {
  for (const area of all('textarea[data-grows]', within)) fit(area);
  for (const button of all('[data-theme-switch], [data-close]', within)) button.hidden = false;
  for (const button of all('[data-nojs]', within)) button.hidden = true;
  for (const box of all('[data-copy]:not(:has(button))', within)) {
    const button = Object.assign(document.createElement('button'), { type: 'button', className: 'button', textContent: 'Copy' });
    button.addEventListener('click', () => copy(box.querySelector('input'), button));
    box.append(button);
  }
  if (/Mac|iPhone|iPad/.test(navigator.platform)) for (const key of all('[data-key]', within)) key.textContent = '⌘';
}

document.addEventListener('click', (event) => {
  const from = event.target instanceof Element ? event.target : null;
  if (from?.closest('[data-theme-switch]')) switchTheme();
  const close = from?.closest('[data-close]');
  if (close) closeDetails(close.closest('details'));
  // The phone's "More" sheet closes by a touch elsewhere.
  for (const sheet of all('.bar details[open]')) if (!sheet.contains(from)) sheet.open = false;
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') closeDetails(document.activeElement?.closest('details[data-confirm][open], .bar details[open]'));
});
// What a confirmation means must be seen before it is given; what opens has no events that rise.
document.addEventListener('toggle', (event) => {
  if (event.target.matches('.confirm[open]')) event.target.scrollIntoView({ block: 'nearest' });
}, true);
function closeDetails(details) {
  if (!details) return;
  details.open = false;
  details.querySelector('summary').focus();
}

// Buttons that lead to another page go there as plain forms, also within a form that htmx sends.
document.addEventListener('submit', (event) => {
  if (event.submitter?.hasAttribute('data-plain')) event.stopPropagation();
}, true);
// A second press while the first is on its way does nothing. Coming back by the back button starts afresh.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!form.hasAttribute('data-once') || event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = 'yes';
});
addEventListener('pageshow', () => { for (const form of all('[data-sent]')) delete form.dataset.sent; });

/* ── The interview ───────────────────────────────────────────────────────────────────────────────────── */

const DRAFT = 'interviewrelay:draft:';
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
/** Words while we wait: at once, with a sign of life, and others when it takes long. */
function wait(now, long, { good = false } = {}) {
  stopTimers();
  state(now, { good });
  timers = [
    setTimeout(() => state(now, { good, dots: true }), 400),
    setTimeout(() => state(long, { good, dots: true }), 3000),
  ];
}
function forgetPending() { clearTimeout(pending?.timer); pending = null; }

/** The page has opened, or a new question has been swapped in. */
function settle(box, swapped) {
  const area = field();
  const key = draftKey(box);
  // The server has what was typed for every other number.
  store.drop((name) => name.startsWith(`${DRAFT}${box.dataset.session}:`) && name !== key);
  if (area) {
    const kept = store.get(key);
    if (area.value) keep(area); // refused by the server and given back: just as precious
    else if (kept) {
      area.value = kept;
      state(box.dataset.sayRestored);
    }
    fit(area);
  }
  holdProgress(box);
  toNow();
  if (!swapped) return;
  say(box.dataset.saved ? box.dataset.saySaved : '');
  // With a keyboard one writes on at once (the question is the field's description and is read out with it). On a
  // touch screen the question itself gets the focus: the keyboard stays away until the person has read it.
  const next = area && FINE.matches ? area : document.getElementById('question');
  next?.focus({ preventScroll: true });
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
  if (!(area instanceof HTMLTextAreaElement)) return;
  fit(area);
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

document.addEventListener('htmx:config:request', ({ detail: { ctx } }) => {
  // As in a plain form, a button's own address wins.
  const action = ctx.request.submitter?.getAttribute('formaction');
  if (action) ctx.request.action = action;
});
document.addEventListener('htmx:before:request', ({ detail: { ctx } }) => {
  if (!ours(ctx)) return;
  const words = talk().dataset;
  field().readOnly = true;
  wait(words.saySaving, words.sayWorking);
});
// The head of the answer may come long before its body: what was sent is stored, the next question is thought of.
document.addEventListener('htmx:before:response', ({ detail: { ctx } }) => {
  if (!ours(ctx) || !ctx.response.headers.has('X-Saved')) return;
  wait(talk().dataset.saySaved, talk().dataset.sayThinking, { good: true });
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
  if (!box || ctx.target?.id !== 'conversation') { dress(document); return; }
  box.classList.add('swapped');
  dress(box);
  settle(box, true);
});
document.addEventListener('htmx:error', ({ detail: { ctx } }) => {
  if (!ctx || !ours(ctx)) return;
  stopTimers();
  postpone(talk(), ctx.request.submitter ?? ctx.sourceElement.querySelector('button'), talk().dataset.sayOffline);
});
document.addEventListener('htmx:finally:request', ({ detail: { ctx } }) => {
  const area = field();
  if (!ctx || !area) return;
  area.readOnly = false;
  // Disabling the pressed button threw the focus away; give it back when the same form stays.
  if (ours(ctx) && ctx.sourceElement.isConnected && document.activeElement === document.body) area.focus({ preventScroll: true });
});

/** Where a form came back: the summary of what is wrong. */
const focusFirst = () => document.querySelector('[data-focus]')?.focus();
// A fragment in the address takes the focus away again once the page has loaded.
addEventListener('load', () => {
  if (document.activeElement === document.body) focusFirst();
  if (talk()) toNow();
});

document.addEventListener('DOMContentLoaded', () => {
  dress(document);
  focusFirst();
  if (document.querySelector('[data-forget]')) store.drop((name) => name.startsWith(DRAFT));
  if (talk()) settle(talk(), false);
});
})();
