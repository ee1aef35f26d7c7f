/* "Try it" of the API reference: sends one request with a test key to this server. The key is in the page's field and
 * nowhere else: it is not stored, and is removed when the page is left. Without JavaScript there is nothing to try. */
(() => {
'use strict';

const TEST_KEY = /^ir_test_\S+$/;
const LONGEST = 100_000;
const all = (selector) => [...document.querySelectorAll(selector)];

/** An element with attributes and children; text is set as text. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const key = make('input', { class: 'input secret', id: 'trial-key', type: 'text', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', placeholder: 'ir_test_…', 'aria-describedby': 'trial-key-help' });

function showKey(place) {
  const help = make('p', { class: 'help', id: 'trial-key-help' }, 'Requests go to this server, with a test key only: it reads what its permissions allow, and changes test objects only. The key stays in this page and is forgotten when you leave it.');
  place.append(make('div', { class: 'field' }, make('label', { for: 'trial-key' }, 'Test key for “Try it”'), key, help));
  place.hidden = false;
}

function addField(form, number, parameter) {
  const id = `trial-${number}-${parameter.name}`;
  const input = make('input', { class: 'input', id, name: `${parameter.in}:${parameter.name}`, autocomplete: 'off', spellcheck: 'false' });
  // The example of an id belongs to nothing here; it shows the form only.
  if (parameter.in === 'path') {
    input.required = true;
    input.placeholder = parameter.example;
  } else if (parameter.name === 'limit') input.value = parameter.example;
  form.append(make('div', { class: 'field' }, make('label', { for: id }, parameter.name), input));
}

function buildForm(place, number) {
  const trial = JSON.parse(place.dataset.trial);
  const form = make('form', { class: 'stack tight', 'aria-label': `Try it: ${place.dataset.title}` });
  for (const parameter of trial.parameters) addField(form, number, parameter);
  if (trial.body) {
    const id = `trial-${number}-body`;
    const body = make('textarea', { class: 'code-field', id, name: 'body', rows: '6', spellcheck: 'false' });
    body.value = trial.body;
    form.append(make('div', { class: 'field' }, make('label', { for: id }, 'Body (JSON)'), body));
  }
  const result = make('div', { class: 'stack tight', role: 'status' });
  form.append(make('button', { class: 'button primary', type: 'submit' }, 'Send'), result);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    send(trial, form, result);
  });
  return form;
}

/** The request's URL on this server, from the form. */
function fillPath(trial, form) {
  let path = trial.path;
  const query = new URLSearchParams();
  for (const { in: place, name } of trial.parameters) {
    const value = form.elements[`${place}:${name}`].value.trim();
    if (place === 'path') path = path.replace(`{${name}}`, encodeURIComponent(value));
    else if (value) query.set(name, value);
  }
  return query.size ? `${path}?${query}` : path;
}

async function send(trial, form, result) {
  const secret = key.value.trim();
  if (!TEST_KEY.test(secret)) {
    result.replaceChildren(make('p', { class: 'error' }, secret ? 'Use a test key: it begins with ir_test_. Live keys are not sent.' : 'Enter a test key at the top of this page first.'));
    key.focus();
    return;
  }
  const headers = { Authorization: `Bearer ${secret}` };
  const body = form.elements.body?.value.trim();
  if (body) headers['Content-Type'] = 'application/json';
  form.setAttribute('aria-busy', 'true');
  try {
    const response = await fetch(fillPath(trial, form), { method: trial.method, headers, body: body || undefined, credentials: 'omit', cache: 'no-store', redirect: 'error' });
    result.replaceChildren(...await describe(response));
  } catch {
    result.replaceChildren(make('p', { class: 'error' }, 'The server could not be reached. Check your connection and try again.'));
  } finally {
    form.removeAttribute('aria-busy');
  }
}

async function describe(response) {
  const kind = response.headers.get('Content-Type') ?? '';
  const status = make('p', {}, make('b', {}, `${response.status} ${response.statusText}`), kind ? ` ${kind}` : '');
  if (/^(application\/json|application\/problem\+json|text\/)/.test(kind)) {
    const text = await response.text();
    const shown = kind.startsWith('text/') ? text : format(text);
    const cut = shown.length > LONGEST ? `${shown.slice(0, LONGEST)}\n…` : shown;
    return [status, make('pre', { class: 'code', tabindex: '0', role: 'region', 'aria-label': 'Response' }, make('code', {}, cut))];
  }
  const { size } = await response.blob();
  return size ? [status, make('p', {}, `A file of ${size} bytes.`)] : [status];
}

function format(text) {
  try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text; }
}

document.addEventListener('DOMContentLoaded', () => {
  const place = document.querySelector('[data-trial-key]');
  if (!place) return;
  showKey(place);
  all('[data-trial]').forEach((one, number) => {
    const fold = make('details', {}, make('summary', {}, 'Try it'));
    fold.addEventListener('toggle', () => { if (!fold.querySelector('form')) fold.append(buildForm(one, number)); }, { once: true });
    one.append(fold);
  });
});
addEventListener('pagehide', () => { key.value = ''; });
})();
