/* The microphone check: permission with a sentence before the browser's own, a level, three seconds to listen to, another
 * microphone. It can be skipped at any moment. */

import { createDetector, detect, getLevel } from './voice-activity.js';
import { getLoudness } from './voice-panel.js';
import { Microphone, Recording, getObstacle, getReason, listMicrophones } from './voice-recorder.js';

const SECONDS = 3;

const box = () => document.getElementById('voice-check');
const find = (selector) => box().querySelector(selector);
const rest = (seconds) => new Promise((resolve) => { setTimeout(resolve, seconds * 1000); });

export class MicrophoneCheck {
  /** `finished(passed)` is called when the check ends, passed or skipped if the person goes on to speak; `prefs.device` is the microphone they chose. */
  constructor({ panel, prefs, finished }) {
    Object.assign(this, { panel, prefs, finished, mic: null });
    const acts = { ask: () => this.ask(), try: () => this.try(), good: () => this.close(true), skip: () => this.close(true) };
    box().addEventListener('click', (event) => acts[event.target.closest('[data-check]')?.dataset.check]?.());
    find('#voice-device').addEventListener('change', (event) => { prefs.device = event.target.value; this.ask(); });
  }

  open() {
    this.#step('ask');
    this.#say(null);
    box().hidden = false;
    box().focus();
    const obstacle = getObstacle();
    if (obstacle) this.#refuse(obstacle);
    else if (this.prefs.tested) this.ask();
  }

  /** Ask for the microphone, or open the one just chosen. */
  async ask() {
    this.mic?.close();
    this.mic = null;
    let heard = createDetector();
    const onframe = (samples, seconds) => {
      heard = detect(heard, getLevel(samples), seconds);
      this.spoke ||= heard.spoke;
      this.panel.setLevel(getLoudness(heard.level, heard.floor));
    };
    try {
      const obstacle = getObstacle();
      if (obstacle) { this.#refuse(obstacle); return; }
      const mic = await Microphone.open({ device: this.prefs.device, onframe, onlost: () => this.#refuse('missing') });
      if (box().hidden) { mic.close(); return; }
      this.mic = mic;
    } catch (fault) { this.#refuse(getReason(fault)); return; }
    await this.#list();
    this.#say(null);
    this.#step('heard');
  }

  async #list() {
    const all = await listMicrophones();
    const choice = find('#voice-device');
    choice.replaceChildren(...all.map(({ deviceId, label }) => new Option(label || '…', deviceId, false, deviceId === this.mic?.device)));
    find('#voice-device-field').hidden = all.length < 2;
  }

  /** Three seconds, played back. */
  async try() {
    const pieces = [];
    const button = find('[data-check="try"]');
    if (button.ariaDisabled === 'true') return;
    button.ariaDisabled = 'true'; // disabled, it would lose the focus
    this.spoke = false;
    this.#say('recording');
    const recording = new Recording(this.mic.stream, { add: (piece) => pieces.push(piece) });
    await rest(SECONDS);
    await recording.stop();
    const url = URL.createObjectURL(new Blob(pieces, { type: pieces[0]?.type }));
    this.audio = new Audio(url);
    this.#say('playing');
    await this.audio.play().catch(() => {});
    await Promise.race([new Promise((resolve) => { this.audio.onended = this.audio.onpause = resolve; }), rest(SECONDS + 1)]);
    URL.revokeObjectURL(url);
    button.ariaDisabled = 'false';
    if (!box().hidden) this.#say(this.spoke ? 'good-check' : 'quiet-check');
  }

  close(passed) {
    this.audio?.pause();
    this.mic?.close();
    this.mic = null;
    if (box().hidden) return;
    box().hidden = true;
    this.finished(passed);
  }

  #step(step) {
    for (const part of box().querySelectorAll('[data-step]')) part.hidden = part.dataset.step !== step;
    const heard = step === 'heard';
    find('[data-check="ask"]').hidden = heard;
    find('[data-check="skip"]').hidden = heard;
    find('[data-check="try"]').hidden = find('[data-check="good"]').hidden = !heard;
    if (heard) find('[data-check="good"]').focus();
  }

  /** There is no microphone to be had, for the reason of this name. */
  #refuse(name) { this.#step('refused'); this.#say(name); }

  #say(name) { find('#voice-check-state').textContent = name ? this.panel.texts[name] : ''; }
}
