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
  find: (test) => { try { return Object.keys(localStorage).filter(test).map((key) => localStorage.getItem(key)); } catch { return []; } },
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
  for (const choice of all('fieldset[data-js]', within)) choice.hidden = choice.disabled = false;
  for (const box of all('[data-copy]:not(:has(button))', within)) {
    const button = Object.assign(document.createElement('button'), { type: 'button', className: 'button', textContent: 'Copy' });
    button.addEventListener('click', () => copy(box.querySelector('input'), button));
    box.querySelector('input').after(button);
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
  if (event.target.matches('.confirm[open], .menu[open]')) event.target.scrollIntoView({ block: 'nearest' });
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

document.addEventListener('input', ({ target }) => { if (target instanceof HTMLTextAreaElement) fit(target); });
document.addEventListener('htmx:config:request', ({ detail: { ctx } }) => {
  // As in a plain form, a button's own address wins.
  const action = ctx.request.submitter?.getAttribute('formaction');
  if (action) ctx.request.action = action;
});
// What interview.js swaps in it dresses itself.
document.addEventListener('htmx:after:swap', ({ detail: { ctx } }) => {
  if (ctx.target?.id !== 'conversation') dress(document);
});

/** Where a form came back: the summary of what is wrong. */
// In a frame of another site it waits until the person is there, so that it does not take the focus from the site.
const focusFirst = () => { if (window.parent === window || document.hasFocus()) document.querySelector('[data-focus]')?.focus(); };
// A fragment in the address takes the focus away again once the page has loaded.
addEventListener('load', () => { if (document.activeElement === document.body) focusFirst(); });

/** The first sign of a person on the page before the interview is told, once; what a program plays is none. */
const SIGNS = ['pointerdown', 'touchstart', 'keydown'];
function opened(event) {
  if (!event.isTrusted) return;
  for (const sign of SIGNS) removeEventListener(sign, opened, true);
  navigator.sendBeacon(document.querySelector('[data-opened]').dataset.opened);
}

/** What was typed and not sent, by session and number; gone with the end of the interview. */
const DRAFT = 'interviewrelay:draft:';
document.addEventListener('DOMContentLoaded', () => {
  dress(document);
  focusFirst();
  if (document.querySelector('[data-opened]')) for (const sign of SIGNS) addEventListener(sign, opened, true);
  if (document.querySelector('[data-forget]')) {
    store.drop((name) => name.startsWith(DRAFT));
    try { indexedDB.deleteDatabase('interviewrelay:voice'); } catch { /* nothing kept */ }
  }
});
globalThis.interviewrelay = { DRAFT, store, say, fit, dress };
})();
