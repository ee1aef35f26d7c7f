/* Notes at an interview: words that are selected in an answer, and the links “Note”, open a sheet over the page. Nothing
 * here is needed: without it those links lead to the same form on a page of its own. */
(() => {
'use strict';

const sheet = document.getElementById('note-sheet');
const bar = document.querySelector('[data-picked-words]');
if (!sheet?.showModal || !bar) return;
const form = sheet.querySelector('form');
const quoted = sheet.querySelector('[data-note-quote]');
const on = sheet.querySelector('[data-note-on]');
const points = (text) => [...text].length; // as the server counts them

const saidOf = (node) => (node instanceof Element ? node : node?.parentElement)?.closest('[data-quotable] .said');

/** The words that are selected, if they are those of one answer: {turn, words, start}. */
function picked() {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0).cloneRange();
  const said = saidOf(range.startContainer);
  if (!said) return null;
  // A triple click ends at the beginning of what comes next.
  if (saidOf(range.endContainer) !== said) {
    if (range.endOffset !== 0) return null;
    range.setEnd(said, said.childNodes.length);
  }
  const before = document.createRange();
  before.selectNodeContents(said);
  before.setEnd(range.startContainer, range.startOffset);
  const whole = range.toString();
  const words = whole.trim();
  if (!words) return null;
  const lead = whole.slice(0, whole.indexOf(words));
  return { turn: said.closest('[data-turn]').dataset.turn, words, start: points(before.toString() + lead) };
}

/** What was typed before stays, so that nothing is lost by closing the sheet. */
function open({ turn = '', words = '', start = '' }) {
  form.elements.turn.value = turn;
  form.elements.quote.value = words;
  form.elements.start.value = start;
  const time = turn && document.querySelector(`#turn-${turn} header a`)?.firstChild.textContent.trim();
  on.textContent = !turn ? 'On the whole interview.' : words ? `On part of the answer at ${time}.` : `On the turn at ${time}.`;
  quoted.textContent = words;
  quoted.hidden = !words;
  bar.hidden = true;
  sheet.showModal();
  form.elements.text.focus();
}

// The button that opened it is gone by then.
sheet.addEventListener('close', () => {
  const turn = form.elements.turn.value;
  if (document.activeElement === document.body && turn) document.querySelector(`#said-${turn} a[data-note]`)?.focus();
});
document.addEventListener('selectionchange', () => { bar.hidden = sheet.open || !picked(); });
// A press must not take the selection away before it is read.
bar.addEventListener('pointerdown', (event) => event.preventDefault());
bar.addEventListener('click', () => { const found = picked(); if (found) open(found); });
document.addEventListener('click', (event) => {
  const link = event.target instanceof Element && event.target.closest('a[data-note]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  open({ turn: link.closest('[data-turn]')?.dataset.turn ?? '' });
});
})();
