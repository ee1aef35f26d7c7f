/* The participant's page in a frame of another site: tells the site how the interview goes, never what is said.
 * It speaks only to the page that holds it, and only if the campaign allows that page's origin. */
(() => {
'use strict';

const root = document.documentElement;
if (window.parent === window) return;
root.classList.add('embedded');
// The frame's name is known before the first paint and on every page in it, also where storage is blocked.
const [, theme] = /^interviewrelay:(light|dark)$/.exec(window.name) ?? [];
if (theme) root.dataset.theme = theme;

const allowed = document.querySelector('meta[name="embed-origins"]').content.split(' ');
const found = location.ancestorOrigins?.[0];
let host = allowed.includes(found) ? found : null;
let waiting = new Map(); // by type: what the host is told once it is known

function tell(type, detail = {}) {
  const message = { type: `interview:${type}`, ...detail };
  if (host) window.parent.postMessage(message, host); else waiting.set(type, message);
}
addEventListener('message', ({ source, origin, data }) => {
  if (source !== window.parent || !allowed.includes(origin) || data?.type !== 'interview:host') return;
  host = origin;
  for (const message of waiting.values()) window.parent.postMessage(message, host);
  waiting = new Map();
});

function report() {
  const { state, code } = document.getElementById('main').dataset;
  const { answers } = (document.getElementById('conversation') ?? document.getElementById('main')).dataset;
  tell('ready');
  if (['in_progress', 'paused', 'completed'].includes(state)) tell('started');
  if (Number(answers)) tell('answered', { number: Number(answers) });
  if (state === 'completed' || state === 'withdrawn') tell(state);
  if (state === 'error' || state === 'abandoned') tell('error', { code: (code ?? state).replace(' ', '_') });
}
document.addEventListener('DOMContentLoaded', () => {
  report();
  new ResizeObserver(() => {
    tell('resize', { height: Math.ceil(document.body.getBoundingClientRect().height) });
  }).observe(document.body);
});
document.addEventListener('htmx:after:swap', report);
})();
