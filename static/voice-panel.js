/* What the panel shows: its state by word, shape and colour, the level of the microphone, the patience that is left. */

const part = (id) => document.getElementById(`voice-${id}`);

export class Panel {
  constructor(root) {
    this.root = root;
    const texts = [...document.getElementById('voice-texts').content.querySelectorAll('[data-name]')];
    this.texts = Object.fromEntries(texts.map((span) => [span.dataset.name, span.textContent]));
    this.phase = '';
  }

  button(name) { return this.root.querySelector(`.voice-actions [data-do="${name}"]`); }

  /** `phase` is ready, speaking, listening, waiting, working, held or review; `hint` and `action` name texts. */
  show(phase, { hint = phase, action = null, hold = false, kept = false, later = false } = {}) {
    const [changed, focused] = [phase !== this.phase, document.activeElement];
    this.phase = this.root.dataset.phase = phase;
    this.root.toggleAttribute('data-hold', hold);
    part('state').textContent = this.texts[hold ? 'ready' : phase];
    part('hint').textContent = this.texts[`hint-${hint}`] ?? '';
    part('action').textContent = this.texts[action ? `do-${action}` : `do-${phase === 'waiting' ? 'listening' : phase}`] ?? this.texts[phase];
    const busy = phase === 'working' || phase === 'held';
    part('control').setAttribute('aria-disabled', String(busy));
    this.button('done').textContent = phase === 'ready' || phase === 'held' ? this.texts.send : this.texts.done;
    const sendable = (phase === 'ready' && kept) || (phase === 'held' && !later);
    this.button('done').hidden = hold || !(phase === 'listening' || phase === 'waiting' || sendable);
    this.button('repeat').hidden = busy || phase === 'ready' || phase === 'review';
    this.button('write-now').hidden = phase !== 'held';
    // Several clips, or words typed before them, only go together: they can be sent again.
    this.button('later').hidden = phase !== 'held' || !later;
    this.button('write').hidden = phase === 'held' || phase === 'review';
    if (phase !== 'waiting' && phase !== 'listening') this.setPatience(0);
    if (focused.closest('.voice-on [hidden]')) part('control').focus({ preventScroll: true });
    if (changed) this.announce();
  }

  /** For those who listen; what merely goes back and forth while they speak is not said. */
  announce() {
    const { phase } = this;
    if (phase === 'speaking' || (phase === 'listening' && this.said === 'waiting')) { this.said = phase; return; }
    this.said = phase;
    globalThis.interviewrelay.say([part('state').textContent, part('hint').textContent].filter(Boolean).join('. '));
  }

  hint(name) {
    part('hint').textContent = this.texts[`hint-${name}`];
    globalThis.interviewrelay.say(part('hint').textContent);
  }

  /** `loudness` from 0 to 1. */
  setLevel(loudness) { this.root.style.setProperty('--level', loudness.toFixed(2)); }
  /** Share of the patience that has passed, from 0 to 1. */
  setPatience(share) {
    this.root.toggleAttribute('data-patience', share > 0);
    this.root.style.setProperty('--patience', Math.min(1, share).toFixed(3));
  }

  /** A warning by the name of its text, or none. */
  note(name) {
    part('note').hidden = !name;
    part('note').querySelector('p').textContent = name ? this.texts[name] : '';
    if (name) globalThis.interviewrelay.say(this.texts[name]);
  }

  set lost(lost) {
    if (part('lost').hidden !== lost) return;
    part('lost').hidden = !lost;
    if (lost) globalThis.interviewrelay.say(part('lost').textContent.trim());
  }
}

/** dBFS as a share of what is seen: a quiet room is nothing, a raised voice is all. */
export const getLoudness = (level, floor) => Math.max(0, Math.min(1, (level - Math.max(floor + 3, -60)) / 40));
