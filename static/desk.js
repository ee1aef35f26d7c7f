/* What the dashboard does beyond its links and forms. Nothing here is needed: without it the pages are as they were
 * when they were opened. */
(() => {
'use strict';

const all = (selector, within = document) => [...within.querySelectorAll(selector)];

/* ── Live parts ──────────────────────────────────────────────────────────────────────────────────────── */

// Asked for by plain requests, which every proxy lets through; whoever has the newest gets 304 and nothing moves.
const EVERY = 5_000;
const LONGEST = 60_000;            // after failures, each wait twice as long as the one before
const ALONE = 15 * 60_000;         // nobody is there: a page left open keeps no log-in alive
const lives = new Map();           // part → {tag, wait, timer}
let touched = Date.now();

const live = (ctx) => (ctx?.sourceElement?.hasAttribute?.('data-live') ? lives.get(ctx.sourceElement) : undefined);
const watching = () => !document.hidden && Date.now() - touched < ALONE;

function soon(part, state) {
  clearTimeout(state.timer);
  state.timer = setTimeout(() => look(part), state.wait);
}
function look(part) {
  const state = lives.get(part);
  clearTimeout(state.timer);
  if (!part.isConnected) { lives.delete(part); return; }
  if (watching() && !state.over) htmx.trigger(part, 'live');
}
function watchAll() {
  for (const part of all('[data-live]')) {
    if (lives.has(part)) continue;
    lives.set(part, { tag: '', wait: EVERY });
    soon(part, lives.get(part));
  }
}
/** Back at the page: what happened meanwhile is seen at once. */
function back() {
  if (watching()) for (const part of lives.keys()) look(part);
}
document.addEventListener('visibilitychange', back);
for (const kind of ['pointerdown', 'keydown', 'wheel', 'touchmove']) {
  addEventListener(kind, () => {
    const away = Date.now() - touched >= ALONE;
    touched = Date.now();
    if (away) back();
  }, { passive: true });
}
document.addEventListener('htmx:config:request', ({ detail: { ctx } }) => {
  const state = live(ctx);
  if (!state) return;
  ctx.request.headers['X-Watching'] = '1';
  if (state.tag) ctx.request.headers['If-None-Match'] = state.tag;
});
document.addEventListener('htmx:after:request', ({ detail: { ctx } }) => {
  const state = live(ctx);
  if (!state) return;
  const { status, headers } = ctx.response;
  if (status === 200) state.tag = headers.get('ETag') ?? '';
  state.over = status === 204 || (status >= 400 && status < 500 && status !== 429);
  state.wait = status < 400 ? EVERY : Math.min(LONGEST, state.wait * 2);
});
// A page that says what went wrong does not belong in the middle of another.
document.addEventListener('htmx:before:swap', (event) => {
  const { ctx } = event.detail;
  if (live(ctx) && ctx.response.status !== 200) event.preventDefault();
});
document.addEventListener('htmx:error', ({ detail: { ctx } }) => {
  const state = live(ctx);
  if (state) state.wait = Math.min(LONGEST, state.wait * 2);
});
document.addEventListener('htmx:finally:request', ({ detail: { ctx } }) => {
  const state = live(ctx);
  if (!state) return;
  state.over ||= ctx.sourceElement.querySelector('[data-over]') !== null; // nothing follows what it says now
  if (!state.over) soon(ctx.sourceElement, state);
});

/* ── Times in the reader's zone ──────────────────────────────────────────────────────────────────────── */

// The server writes the zone of the organization, or UTC, and says which. Here the zone is in the title, where it was in the text.
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (number) => String(number).padStart(2, '0');

const dayOf = (at) => `${at.getDate()} ${MONTHS[at.getMonth()]} ${at.getFullYear()}`;
const exactly = (at) => `${dayOf(at)}, ${two(at.getHours())}:${two(at.getMinutes())}`;
/** As the server calls a zone that has no letters. No Intl: its first use keeps a slow processor busy for as long as the
 * rest of the page. */
function zoneOf(at) {
  const east = -at.getTimezoneOffset(), minutes = Math.abs(east) % 60;
  return `UTC${east < 0 ? '-' : '+'}${two(Math.trunc(Math.abs(east) / 60))}${minutes ? `:${two(minutes)}` : ''}`;
}

function inZone(time) {
  const at = new Date(time.dateTime);
  if (Number.isNaN(at.getTime())) return;
  const [day, exact] = [dayOf(at), exactly(at)];
  time.title = `${exact} ${zoneOf(at)}`;
  if (time.dataset.shows === 'exact') time.textContent = exact;
  if (time.dataset.shows === 'day') time.textContent = at.getFullYear() === new Date().getFullYear() ? day.slice(0, -5) : day;
}
const local = (at) => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
/** A moment that is sent in UTC is typed in the reader's zone, in a field of its own. What nobody touches is sent as it
 * came, an hour that the clocks have twice too, and the browser restores the moment, whatever zone it is shown in. */
function typedHere(field) {
  const shown = field.cloneNode();
  for (const name of ['name', 'data-utc']) shown.removeAttribute(name);
  field.removeAttribute('id');
  field.hidden = true;
  field.after(shown);
  const label = shown.labels[0].firstChild;
  const tell = (at) => { label.data = label.data.replace(/\(.*\)/, `(${zoneOf(at)})`); };
  const at = new Date(`${field.value}Z`), none = Number.isNaN(at.getTime());
  shown.value = none ? '' : local(at);
  tell(none ? new Date() : at);
  shown.addEventListener('input', () => {
    const typed = new Date(shown.value), known = !Number.isNaN(typed.getTime());
    field.value = known ? typed.toISOString().slice(0, 16) : '';
    if (known) tell(typed);
  });
}
function dress(within) {
  for (const field of all('[data-utc]:not([hidden])', within)) typedHere(field);
  for (const form of all('[data-selection]', within)) recount(form);
  for (const time of all('time[datetime]:not([data-zoned])', within)) {
    time.dataset.zoned = '';
    inZone(time);
  }
  const mac = /Mac|iPhone|iPad/.test(navigator.platform);
  for (const key of all('[data-meta]', within)) key.textContent = mac ? '⌘' : 'Ctrl';
}
document.addEventListener('htmx:after:swap', () => { dress(document); watchAll(); });

/* ── Rows that are selected ──────────────────────────────────────────────────────────────────────────── */

const picks = (form) => [...form.elements].filter((field) => field.hasAttribute('data-pick'));

/** What can be done with rows is there while some are selected. A button that selects all of them has words for selecting
 * none, or nothing to do any more. */
function recount(form) {
  const boxes = picks(form), chosen = boxes.filter((box) => box.checked).length;
  const every = form.querySelector('[data-select-all]'), none = every.dataset.selectAll;
  form.classList.toggle('on', chosen > 0);
  form.querySelector('[data-selected]').textContent = chosen ? `${chosen} selected` : '';
  for (const button of all('[data-of-selected]', form)) button.hidden = !chosen;
  every.hidden = !none && chosen === boxes.length;
  every.dataset.words ??= every.textContent;
  if (none) every.textContent = chosen === boxes.length ? none : every.dataset.words;
}
document.addEventListener('change', ({ target }) => {
  if (target.form?.hasAttribute('data-selection')) recount(target.form);
});
document.addEventListener('click', ({ target }) => {
  const form = target.closest?.('[data-select-all]')?.form;
  if (!form) return;
  const on = picks(form).some((box) => !box.checked);
  for (const box of picks(form)) box.checked = on;
  recount(form);
});
// The browser keeps what was ticked when one comes back to a page.
addEventListener('pageshow', () => { for (const form of all('[data-selection]')) recount(form); });

/* ── Keys ────────────────────────────────────────────────────────────────────────────────────────────── */

// Single keys can be switched off, for who dictates or has a shaky hand; Ctrl-K always works.
const OFF = 'interviewrelay:keys';
const store = {
  get: () => { try { return localStorage.getItem(OFF); } catch { return null; } },
  set: (value) => { try { localStorage.setItem(OFF, value); } catch { /* for this page only */ } },
};
let single = store.get() !== 'off';
let going = 0; // "g" was pressed just now

const dialog = (id) => document.getElementById(id);
const typing = (element) => element?.closest?.('input, textarea, select, [contenteditable="true"]');

/** Opens a sheet; the browser keeps the focus within it and gives it back where it was. */
function open(sheet) {
  if (!sheet || sheet.open || document.querySelector('dialog[open]')) return;
  sheet.showModal();
}
function openPalette() {
  const sheet = dialog('palette');
  open(sheet);
  sheet?.querySelector('input')?.select();
}
const go = (letter) => document.querySelector(`[data-go="${CSS.escape(letter)}"]`)?.click();

document.addEventListener('keydown', (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
    if (!dialog('palette')) return;
    event.preventDefault();
    openPalette();
    return;
  }
  if (!single || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (typing(event.target) || document.querySelector('dialog[open]')) return;
  const after = Date.now() - going < 1500;
  going = 0;
  if (after) go(event.key.toLowerCase());
  else if (event.key === 'g') going = Date.now();
  else if (event.key === '?') open(dialog('keys'));
  else if (event.key === 'j' || event.key === 'k') document.querySelector(`[data-key="${event.key}"]`)?.click();
  else if (event.key === '/') {
    const field = document.querySelector('main input[type="search"]');
    if (!field) return;
    event.preventDefault();
    field.focus();
  }
});
document.addEventListener('click', (event) => {
  const from = event.target instanceof Element ? event.target : null;
  if (from?.closest('[data-palette]')) { event.preventDefault(); closeBar(from); openPalette(); }
  if (from?.closest('[data-keys]')) { closeBar(from); open(dialog('keys')); }
  // Beside the sheet: the dialog itself is what lies around its content.
  if (from?.matches('dialog') || from?.closest('[data-close-sheet]')) from.closest('dialog').close();
});
/** The phone's "More" lies over the sheet that it opens. */
function closeBar(from) {
  const more = from.closest('.bar details');
  if (more) { more.open = false; more.querySelector('summary').focus(); }
}

/* ── The palette: a field and a list of links ────────────────────────────────────────────────────────── */

document.addEventListener('keydown', (event) => {
  const sheet = event.target.closest?.('#palette');
  if (!sheet || event.isComposing) return;
  const links = all('#palette-found a', sheet);
  const at = links.indexOf(document.activeElement);
  const field = sheet.querySelector('input');
  if (event.key === 'ArrowDown') (links[at + 1] ?? field).focus();
  else if (event.key === 'ArrowUp') (at === 0 ? field : links.at(at < 0 ? -1 : at - 1) ?? field).focus();
  else if (event.key === 'Enter' && document.activeElement === field && links.length) links[0].click();
  else return;
  event.preventDefault();
});

// A region that was there before says how many there are; the links themselves are not read out.
document.addEventListener('htmx:after:swap', ({ detail: { ctx } }) => {
  const place = ctx.target?.parentElement?.querySelector('[data-counted]');
  if (place) place.textContent = ctx.target.querySelector('[data-count]')?.textContent ?? '';
});

document.addEventListener('change', (event) => {
  if (!event.target.matches('[data-single-keys]')) return;
  single = event.target.checked;
  store.set(single ? 'on' : 'off');
});
for (const box of all('[data-single-keys]')) box.checked = single;
for (const button of all('[data-keys]')) button.hidden = false;
globalThis.interviewrelay.dress(document); // app.js waits for the whole page: by then it has been seen

dress(document);
watchAll();
})();
