/* Plays the recording of an interview beside its transcript: the turn that is heard is marked and kept in view. Nothing here
 * is needed: without it, the browser's own player stands in its place. */
(() => {
'use strict';

const player = document.querySelector('[data-player]');
const audio = player?.querySelector('audio');
const parts = player?.querySelector('[data-parts]');
if (!audio?.play || !parts) return;

const part = (name) => player.querySelector(`[data-${name}]`);
const [toggle, position, now, heard, speed, follow, said] = ['toggle', 'position', 'now', 'heard', 'speed', 'follow', 'said'].map(part);
const whole = Number(player.dataset.seconds);
const bars = player.querySelector('.wave svg').viewBox.baseVal.width;
const still = matchMedia('(prefers-reduced-motion: reduce)');
const KEPT = 'interviewrelay.speed';
const SCROLLS = new Set(['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End', ' ']);

// The turns that can be heard, in order. A typed answer takes no time.
const turns = [...document.querySelectorAll('[data-start]')].map((element) => ({
  element, start: Number(element.dataset.start), end: Number(element.dataset.end),
})).filter((turn) => turn.end > turn.start);
let current = null;
let following = true;
let seeking = false;

/** 75 is 01:15, and an hour has three parts, as on the rest of the page. */
function written(seconds) {
  const two = (number) => String(number).padStart(2, '0');
  const all = Math.floor(seconds);
  const hours = Math.floor(all / 3600);
  return (hours ? [two(hours)] : []).concat(two(Math.floor(all / 60) % 60), two(all % 60)).join(':');
}

function turnAt(seconds) {
  let found = null;
  for (const turn of turns) if (turn.start <= seconds + 0.05) found = turn;
  return found;
}

function inView(element) {
  const box = element.getBoundingClientRect();
  return box.top >= player.getBoundingClientRect().bottom && box.bottom <= innerHeight;
}

function bringIntoView() {
  if (!following || !current || inView(current.element)) return;
  current.element.scrollIntoView({ block: 'start', behavior: still.matches ? 'auto' : 'smooth' });
}

function mark(turn) {
  if (turn === current) return;
  current?.element.classList.remove('heard-now');
  current?.element.querySelector('.turn')?.removeAttribute('aria-current');
  current = turn;
  current?.element.classList.add('heard-now');
  current?.element.querySelector('.turn')?.setAttribute('aria-current', 'true');
  bringIntoView();
}

/** Everything that shows where it is. */
function show(seconds = audio.currentTime) {
  now.textContent = written(seconds);
  heard.setAttribute('width', String(whole ? Math.min(1, seconds / whole) * bars : 0));
  position.setAttribute('aria-valuetext', `${written(seconds)} of ${written(whole)}`);
  if (!seeking) position.value = String(seconds);
  if (seconds > 0 || !audio.paused) mark(turnAt(seconds));
}

function showState() {
  const plays = !audio.paused && !audio.ended;
  player.classList.toggle('plays', plays);
  toggle.setAttribute('aria-label', plays ? 'Pause recording' : 'Play recording');
}

function setFollowing(wanted) {
  following = wanted;
  follow.hidden = wanted;
  if (wanted) bringIntoView();
}

function play() {
  audio.play().catch((fault) => {
    if (fault.name !== 'AbortError') said.textContent = 'The recording can’t be played right now. Reload the page to try again.';
  });
}

function playFrom(seconds) {
  audio.currentTime = seconds;
  setFollowing(true);
  show(seconds);
  play();
}

toggle.addEventListener('click', () => { if (audio.paused) { setFollowing(true); play(); } else audio.pause(); });
for (const name of ['play', 'pause', 'ended']) audio.addEventListener(name, showState);
for (const name of ['timeupdate', 'seeked', 'loadedmetadata']) audio.addEventListener(name, () => show());
audio.addEventListener('error', () => { said.textContent = 'The recording can’t be loaded. Reload the page to try again.'; });
audio.querySelector('source:last-of-type')?.addEventListener('error', () => audio.dispatchEvent(new Event('error')));

// While the handle is dragged, the sound stays where it is; keys move it at once.
position.addEventListener('pointerdown', () => { seeking = true; });
position.addEventListener('input', () => { if (seeking) show(Number(position.value)); else audio.currentTime = Number(position.value); });
position.addEventListener('change', () => {
  seeking = false;
  audio.currentTime = Number(position.value);
  show(Number(position.value));
});
position.addEventListener('pointerup', () => { seeking = false; });
position.addEventListener('keydown', (event) => {
  const step = { ArrowLeft: -5, ArrowDown: -5, ArrowRight: 5, ArrowUp: 5, PageDown: -30, PageUp: 30 }[event.key];
  if (event.key === ' ') toggle.click();
  else if (step) audio.currentTime = Math.min(whole, Math.max(0, audio.currentTime + step));
  else return;
  event.preventDefault();
  show();
});

speed.addEventListener('change', () => {
  audio.playbackRate = Number(speed.value);
  try { localStorage.setItem(KEPT, speed.value); } catch { /* it is not kept then */ }
});
try {
  const kept = localStorage.getItem(KEPT);
  if ([...speed.options].some((option) => option.value === kept)) speed.value = kept;
} catch { /* nothing is kept */ }
audio.defaultPlaybackRate = audio.playbackRate = Number(speed.value);
audio.preservesPitch = true;

// Who scrolls reads elsewhere: the page stays there until they come back.
function letGo() { if (!audio.paused && current) setFollowing(false); }
for (const name of ['wheel', 'touchmove']) addEventListener(name, letGo, { passive: true });
addEventListener('keydown', (event) => {
  if (SCROLLS.has(event.key) && !event.target.closest?.('button, input, select, textarea, summary, a, dialog')) letGo();
});
follow.addEventListener('click', () => { setFollowing(true); toggle.focus(); });

for (const { element, start } of turns) {
  const button = element.querySelector('[data-play-turn]');
  if (button) {
    button.hidden = false;
    button.addEventListener('click', () => playFrom(start));
  }
  // A click on the words, unless they are being selected or lead elsewhere.
  element.querySelector('.said')?.addEventListener('click', (event) => {
    if (getSelection()?.isCollapsed === false || event.target.closest('a, button')) return;
    playFrom(start);
  });
}

audio.controls = false;
audio.hidden = true;
parts.hidden = false;
document.getElementById('turns')?.classList.add('can-play');
show(0);
})();
