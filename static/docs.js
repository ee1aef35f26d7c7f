/* Documentation: tabs for code in several languages, and a button to copy it. Without it, the code of every language
 * stands on the page. */
(() => {
'use strict';

const { store } = globalThis.interviewrelay;
const LANGUAGE = 'interviewrelay:code-language';
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const make = (tag, values) => Object.assign(document.createElement(tag), values);

/** All tabs of the page that have this language show it. */
function choose(language) {
  for (const frame of all('[data-tabs]')) {
    if (!frame.querySelector(`[data-tab="${language}"]`)) continue;
    for (const panel of all('[data-tab]', frame)) panel.hidden = panel.dataset.tab !== language;
    for (const tab of all('[role="tab"]', frame)) {
      tab.setAttribute('aria-selected', String(tab.dataset.language === language));
      tab.tabIndex = tab.dataset.language === language ? 0 : -1;
    }
  }
}

/** The button stays where it is on the screen, although blocks above it may change their height. */
function pick(tab) {
  const before = tab.getBoundingClientRect().top;
  choose(tab.dataset.language);
  store.set(LANGUAGE, tab.dataset.language);
  tab.focus({ preventScroll: true });
  scrollBy({ top: tab.getBoundingClientRect().top - before, behavior: 'instant' });
}

function move(event) {
  const tabs = all('[role="tab"]', event.currentTarget);
  const at = tabs.indexOf(document.activeElement);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1 + tabs.length, Home: 0, End: tabs.length - 1 }[event.key];
  if (to === undefined || at < 0) return;
  event.preventDefault();
  pick(tabs[to % tabs.length]);
}

function buildTabs(frame, number) {
  const list = make('div', { className: 'tab-list' });
  for (const panel of all('[data-tab]', frame)) {
    const id = `code-${number}-${panel.dataset.tab}`;
    const tab = make('button', { type: 'button', id: `${id}-tab`, className: 'button small', textContent: panel.getAttribute('aria-label') });
    tab.dataset.language = panel.dataset.tab;
    tab.setAttribute('role', 'tab');
    tab.setAttribute('aria-controls', id);
    tab.addEventListener('click', () => pick(tab));
    panel.id = id;
    panel.setAttribute('role', 'tabpanel');
    panel.setAttribute('aria-labelledby', tab.id);
    panel.removeAttribute('aria-label');
    list.append(tab);
  }
  list.setAttribute('role', 'tablist');
  list.setAttribute('aria-label', 'Language of the example');
  list.addEventListener('keydown', move);
  frame.prepend(list);
}

function addCopy(sample) {
  const button = make('button', { type: 'button', className: 'button small copy-code', textContent: 'Copy' });
  button.setAttribute('aria-label', 'Copy the code');
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(sample.querySelector('code').textContent);
      button.textContent = 'Copied';
    } catch {
      getSelection().selectAllChildren(sample.querySelector('code'));
      button.textContent = 'Selected';
    }
    document.getElementById('toasts').textContent = button.textContent;
    setTimeout(() => { button.textContent = 'Copy'; document.getElementById('toasts').textContent = ''; }, 2000);
  });
  sample.append(button);
}

// The results are above the page: whoever typed further down sees them too.
document.addEventListener('htmx:after:swap', ({ detail: { ctx } }) => {
  if (ctx.target?.id === 'found' && ctx.target.childElementCount) scrollTo({ top: 0, behavior: 'instant' });
});

document.addEventListener('DOMContentLoaded', () => {
  const frames = all('[data-tabs]');
  frames.forEach(buildTabs);
  for (const frame of frames) choose(frame.querySelector('[data-tab]').dataset.tab);
  const known = store.get(LANGUAGE);
  if (frames.length && ['sh', 'js', 'python'].includes(known)) choose(known);
  for (const sample of all('.sample')) addCopy(sample);
});
})();
