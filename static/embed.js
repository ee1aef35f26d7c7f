/* The InterviewRelay widget: shows an interview in a frame on your page and tells you how it goes, never what is said.
 * Documentation: docs/widget.md. Stores nothing, sends nothing, loads nothing but the frame. */
(() => {
'use strict';

const script = document.currentScript;
if (script.dataset.interviewrelay) {
  const element = document.createElement('div');
  Object.assign(element.dataset, script.dataset);
  script.after(element);
}
if (window.InterviewRelay) { window.InterviewRelay.scan(); return; }

const server = new URL(script.src).origin;
const TOKEN = /^[\w-]{1,200}$/;
const MOST = 0.85;       // of the height of the window
const LEAST = 320;       // pixels
const WAIT = 8000;       // milliseconds after the frame has loaded; a refused frame loads, too, and stays silent
const WORDS = {
  en: ['Interview', 'Open the interview in a new window'],
  de: ['Interview', 'Interview in neuem Fenster öffnen'],
  fr: ['Entretien', 'Ouvrir l’entretien dans une nouvelle fenêtre'],
  es: ['Entrevista', 'Abrir la entrevista en una ventana nueva'],
  nl: ['Interview', 'Interview in een nieuw venster openen'],
  ar: ['مقابلة', 'افتح المقابلة في نافذة جديدة'],
};
const mounted = new Map(); // element → widget

/** Address of an interview on our server from a link or a token; throws for anything else. */
function address(link) {
  const url = new URL(TOKEN.test(link) ? `/interview/${link}` : link, server);
  if (url.origin !== server || !/^\/interview\/[\w-]+$/.test(url.pathname)) {
    throw new TypeError(`InterviewRelay: this is no interview link of ${server}`);
  }
  return url.href;
}

/** Words in the language of the element, or in English. */
function words(element, language) {
  const told = language || element.closest('[lang]')?.lang || '';
  return WORDS[told.toLowerCase().split('-')[0]] ?? WORDS.en;
}

/** Shows an interview in an element. The same element again: the same widget, unless the link has changed. */
function mount(element, options = {}) {
  const url = address(options.link ?? element.dataset.interviewrelay);
  const known = mounted.get(element);
  if (known?.url === url && known.frame.isConnected) return known;
  known?.unmount();
  const [title, open] = words(element, options.language ?? element.dataset.language);
  const widget = {
    url, element, answered: 0, once: new Set(), fixed: Number(options.height ?? element.dataset.height) || 0,
    frame: document.createElement('iframe'),
    unmount() { clearTimeout(widget.timer); mounted.delete(element); widget.frame.remove(); widget.instead?.remove(); },
  };
  const { frame } = widget;
  frame.name = `interviewrelay:${options.theme ?? element.dataset.theme ?? 'auto'}`;
  frame.title = options.title ?? element.dataset.title ?? title;
  frame.allow = 'microphone; autoplay; clipboard-write';
  frame.referrerPolicy = 'no-referrer';
  Object.assign(frame.style, { display: 'block', width: '100%', border: '0', height: `${widget.fixed || LEAST * 1.5}px` });
  frame.addEventListener('load', () => {
    greet(widget);
    clearTimeout(widget.timer);
    if (!widget.once.has('ready')) widget.timer = setTimeout(() => { fail(widget, open); }, WAIT);
  });
  frame.src = url;
  mounted.set(element, widget);
  element.append(frame);
  return widget;
}

/** Tells the page in the frame which site it is on. */
const greet = ({ frame }) => frame.contentWindow?.postMessage({ type: 'interview:host' }, server);

function tell(widget, name, detail) {
  widget.element.dispatchEvent(new CustomEvent(`interview:${name}`, { bubbles: true, detail }));
}

/** The frame stayed empty: this site is not allowed, or the server is away. A link leads on. */
function fail(widget, open) {
  widget.instead = Object.assign(document.createElement('a'), {
    href: widget.url, target: '_blank', rel: 'noopener noreferrer', textContent: open,
  });
  widget.frame.style.display = 'none';
  widget.element.append(widget.instead);
  tell(widget, 'error', { code: 'not_loaded' });
}

/** A page in the frame repeats what it says each time it loads; the site hears it once. */
function hear(widget, { type, number, code, height }) {
  const name = String(type).replace('interview:', '');
  clearTimeout(widget.timer);
  if (widget.instead) { widget.instead.remove(); widget.instead = null; widget.frame.style.display = 'block'; }
  if (name === 'resize') {
    if (!widget.fixed) widget.frame.style.height = `${Math.max(LEAST, Math.min(height, innerHeight * MOST))}px`;
    tell(widget, name, { height });
  } else if (name === 'answered') {
    if (number <= widget.answered) return;
    widget.answered = number;
    tell(widget, name, { number });
  } else if (name === 'error') tell(widget, name, { code });
  else if (['ready', 'started', 'completed', 'withdrawn'].includes(name) && !widget.once.has(name)) {
    widget.once.add(name);
    tell(widget, name, {});
  }
}

addEventListener('message', (event) => {
  if (event.origin !== server || typeof event.data?.type !== 'string') return;
  for (const widget of mounted.values()) if (event.source === widget.frame.contentWindow) hear(widget, event.data);
});

/** Mounts every element with `data-interviewrelay`; may be called again at any time. */
function scan() {
  for (const [element, widget] of mounted) if (!element.isConnected && widget.once.size) widget.unmount();
  for (const element of document.querySelectorAll('[data-interviewrelay]:not(script)')) {
    try { mount(element); } catch (fault) { console.error(fault); }
  }
}

window.InterviewRelay = { mount, scan };
scan();
if (document.readyState === 'loading') addEventListener('DOMContentLoaded', scan);
})();
