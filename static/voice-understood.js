/* What was understood: the last answer with its doubtful words marked, and a way to correct it. */

const template = () => document.getElementById('voice-said').content;

/** Mark the ranges of doubtful words in the last answer and offer to correct it. `onopen` and `onclose` frame the time
 * in which it is corrected. */
export function showUnderstood(server, saved, { onopen, onclose }) {
  const said = document.querySelector('.last .said');
  if (!said || !saved?.text || said.textContent.trim() !== saved.text.trim()) return;
  mark(said, saved.doubtful ?? []);
  const box = template().querySelector('.voice-said').cloneNode(true);
  box.querySelector('[data-part="unsure"]').remove();
  document.querySelector('.last').append(box);
  const [form, open] = [box.querySelector('form'), box.querySelector('[data-do="correct"]')];
  const area = form.querySelector('textarea');
  const toggle = (editing) => {
    form.hidden = !editing;
    open.hidden = editing;
    if (editing) { area.value = saved.text; globalThis.interviewrelay.fit(area); area.focus(); onopen(); return; }
    open.focus();
    onclose();
  };
  open.addEventListener('click', () => toggle(true));
  form.querySelector('[data-do="keep"]').addEventListener('click', () => toggle(false));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const text = area.value.trim();
    try {
      if (text !== saved.text) await server.call('POST', '/review', { number: saved.number, act: 'correct', text });
    } catch { form.querySelector('.error').hidden = false; return; }
    form.querySelector('.error').hidden = true;
    saved.text = said.textContent = text;
    toggle(false);
  });
}

/** Doubtful words look different, and who listens is told before each. */
function mark(said, ranges) {
  const text = said.textContent;
  const begin = text.length - text.trimStart().length;
  const parts = [];
  let place = 0;
  for (const [from, to] of ranges) {
    const word = Object.assign(document.createElement('span'), { className: 'doubtful' });
    const unsure = template().querySelector('[data-part="unsure"]').cloneNode(true);
    unsure.append(' ');
    word.append(unsure, text.slice(begin + from, begin + to));
    parts.push(text.slice(place, begin + from), word);
    place = begin + to;
  }
  said.replaceChildren(...parts, text.slice(place));
}
