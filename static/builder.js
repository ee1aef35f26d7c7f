/* The script editor without loading the page anew: its buttons send the same form and get the same page, of which only
 * the editor is taken. Questions are also ordered by dragging their grip. Without all this the buttons do everything. */
(() => {
'use strict';

const EDGE = 80; // pixels from the window's edge within which dragging scrolls
const STEP = 9;
const TELL = 10_000; // milliseconds that an undo is offered beside what was done

const form = () => document.getElementById('script');
const list = () => document.getElementById('questions');
const parts = () => [...list().children];
const ours = (ctx) => Boolean(ctx) && ctx === sent; // by then the form itself has been replaced

let sent = null;      // what is on its way: what is typed meanwhile would be lost
let opened = [];      // the questions that stand open, by their ids
let putBack = null;   // undoes what a drag did to the page, until the server has it

/* ── Leaving ─────────────────────────────────────────────────────────────────────────────────────────── */

let unsaved = false;
document.addEventListener('input', (event) => { if (form()?.contains(event.target)) unsaved = true; });
document.addEventListener('submit', ({ target, submitter }) => {
  if (target.id === 'script' && submitter?.hasAttribute('data-plain')) unsaved = false;
}, true); // before app.js keeps such a button from htmx
addEventListener('beforeunload', (event) => { if (unsaved && form()) event.preventDefault(); });

/* ── Sending ─────────────────────────────────────────────────────────────────────────────────────────── */

document.addEventListener('beforeinput', (event) => {
  if (sent && form()?.contains(event.target)) event.preventDefault();
});
document.addEventListener('htmx:before:request', ({ detail: { ctx } }) => {
  if (ctx.sourceElement.id !== 'script') return;
  sent = ctx;
  opened = parts().filter((part) => part.querySelector(':scope > details').open).map((part) => part.dataset.key);
});
document.addEventListener('htmx:before:swap', (event) => {
  const { ctx } = event.detail;
  if (!ours(ctx) || ctx.text.includes('id="editor"')) return;
  event.preventDefault(); // nothing else takes the place of what was typed
  if (ctx.response.status >= 500 || ctx.response.status === 429) failed();
  else plainly(ctx.request.submitter?.value ?? 'save'); // a page of its own keeps it, such as the one that logs in
});
document.addEventListener('htmx:after:swap', ({ detail: { ctx } }) => {
  if (!ours(ctx)) return;
  putBack = null;
  unsaved = true; // what a button did is on the page alone, too
  dress();
  for (const part of parts()) if (opened.includes(part.dataset.key)) part.querySelector(':scope > details').open = true;
  const editor = document.getElementById('editor');
  (editor.querySelector('[data-focus]') ?? editor.querySelector('[autofocus]'))?.focus();
  if (editor.dataset.say) tell(editor.dataset.say, Boolean(form().querySelector('[value="undo"]')));
});
document.addEventListener('htmx:error', ({ detail: { ctx } }) => { if (ours(ctx)) failed(); });
document.addEventListener('htmx:finally:request', ({ detail: { ctx } }) => { if (ours(ctx)) sent = null; });

function failed() {
  putBack?.();
  putBack = null;
  tell('Your changes could not be saved. They are still here. Please try again.', false);
}
function plainly(action) {
  unsaved = false;
  form().append(Object.assign(document.createElement('input'), { type: 'hidden', name: 'action', value: action }));
  form().submit();
}
function press(action) {
  const button = document.getElementById('dragged');
  button.value = action;
  form().requestSubmit(button);
}

/** What was done, in the page's live region, with a way back. */
function tell(text, undo) {
  const note = Object.assign(document.createElement('div'), { className: 'toast row', textContent: text });
  if (undo) {
    const back = Object.assign(document.createElement('button'), { className: 'button small', name: 'action', value: 'undo', textContent: 'Undo' });
    back.setAttribute('form', 'script');
    note.append(back);
  }
  document.getElementById('toasts').replaceChildren(note);
  const leave = () => { if (note.matches(':hover, :focus-within')) setTimeout(leave, TELL); else note.remove(); };
  setTimeout(leave, TELL);
}

/* ── Dragging ────────────────────────────────────────────────────────────────────────────────────────── */

let drag = null; // {item, from, y, frame}

function begin(item, y) {
  const order = parts();
  const top = item.getBoundingClientRect().top;
  list().classList.add('sorting');
  item.classList.add('dragged');
  scrollBy(0, item.getBoundingClientRect().top - top); // open questions have shrunk to their line
  drag = { item, from: order.indexOf(item), y, frame: requestAnimationFrame(onwards) };
  putBack = () => list().append(...order);
}
function onwards() {
  if (drag.y < EDGE) scrollBy(0, -STEP);
  else if (drag.y > innerHeight - EDGE) scrollBy(0, STEP);
  settle();
  drag.frame = requestAnimationFrame(onwards);
}
/** The others move past what is dragged; it stays in the document, and with it the pointer. */
function settle() {
  const { item, y } = drag;
  const middle = (part) => { const box = part.getBoundingClientRect(); return box.top + box.height / 2; };
  while (item.previousElementSibling && y < middle(item.previousElementSibling)) item.after(item.previousElementSibling);
  while (item.nextElementSibling && y > middle(item.nextElementSibling)) item.before(item.nextElementSibling);
}
function finish(kept) {
  cancelAnimationFrame(drag.frame);
  if (kept) settle();
  list().classList.remove('sorting');
  drag.item.classList.remove('dragged');
  const { item, from } = drag;
  const to = parts().indexOf(item);
  drag = null;
  if (kept && to !== from) { press(`move-${from}-to-${to}`); return; }
  putBack();
  putBack = null;
}

document.addEventListener('pointerdown', (event) => {
  const grip = event.target instanceof Element ? event.target.closest('[data-grip]') : null;
  if (!grip || sent || drag || event.button) return;
  event.preventDefault();
  grip.setPointerCapture(event.pointerId);
  begin(grip.closest('li'), event.clientY);
});
document.addEventListener('pointermove', (event) => { if (drag) drag.y = event.clientY; });
document.addEventListener('pointerup', (event) => { if (drag) { drag.y = event.clientY; finish(true); } });
document.addEventListener('pointercancel', () => { if (drag) finish(false); });
document.addEventListener('keydown', (event) => { if (event.key === 'Escape' && drag) finish(false); });

function dress() {
  for (const grip of document.querySelectorAll('[data-grip]')) grip.hidden = false;
}
dress();
})();
