/* A spoken interview: a question is read aloud, an answer is recorded until its end, and sent; then the next.
 * Phases: ready (the microphone is off), speaking, listening, waiting (a pause in the answer), working (the answer is on its
 * way, or the question is about to be read), held (stored, but nobody can transcribe it now). */

import { RULES, advance, answer, createDetector, createTurn, detect, getLevel, interrupts, isVoiced, restart } from './voice-activity.js';
import { deliver } from './voice-answer.js';
import { Clip, Refused } from './voice-clip.js';
import { getLoudness } from './voice-panel.js';
import { Microphone, Recording, Standby, getObstacle, getReason } from './voice-recorder.js';
import { findClips } from './voice-store.js';

const BEFORE = 1.5;      // seconds kept before somebody speaks while we do
const THINKING = 30;     // the same while we listen
const LONGEST = 14 * 60; // seconds; the server takes clips of a quarter of an hour
const NUDGE = 8;         // seconds of silence after which a word is said, once for a question
const REST = 25;         // after which writing is offered
const TOO_SOON = 1.6;    // seconds of a question after which somebody may be answering it; before, they speak on

export class SpokenInterview {
  /** `page` is what the conversation on the page offers: getNumber, getQuestion, getTyped, clearTyped, refresh, leave,
   * write (words into the answer field). */
  constructor({ page, panel, server, speaker, prefs, session }) {
    Object.assign(this, { page, panel, server, speaker, prefs, session, phase: 'ready', parts: [], asking: false, asks: 0, sent: null });
    this.reset();
    this.found = this.#find();
  }

  get on() { return Boolean(this.mic); }
  get hold() { return this.prefs.talk === 'hold'; }

  reset() {
    Object.assign(this, {
      number: this.page.getNumber(), recording: null, early: null, pressed: false, checked: [], onward: false, sounded: null,
      heard: createDetector(), turn: createTurn(), quiet: 0, steps: 0,
    });
  }

  /** What an earlier page has recorded and not sent becomes part of this answer. */
  async #find() {
    for (const found of await findClips(this.session)) {
      const clip = new Clip(this.server, this.session, found);
      if (found.number !== this.number) { clip.drop(); continue; }
      this.parts.push(clip);
      clip.send();
    }
    if (this.parts.length) this.to('ready', { hint: 'kept' });
  }

  to(phase, more = {}) {
    this.phase = phase;
    const kept = this.parts.length > 0;
    const hold = this.hold && phase === 'listening' && !this.recording;
    const hint = more.hint ?? { ready: kept ? 'more' : 'ready', listening: this.hold ? (this.recording ? 'holding' : 'hold') : 'listening' }[phase];
    const action = hold ? 'hold' : phase === 'review' || (phase === 'ready' && kept) ? 'more' : null;
    this.panel.show(phase, { ...(hint && { hint }), action, hold, kept, later: more.later });
  }

  /** The microphone is opened and the question asked; with something kept, the answer goes on. */
  async start({ quietly = false } = {}) {
    if (this.starting || this.on) return;
    this.starting = true;
    this.speaker.unlock();
    try {
      await this.found; // else what an earlier page has left would be overtaken by a new answer
      if (!await this.#open()) return;
      if (this.parts.length || quietly) this.listen(); else await this.ask();
    } finally { this.starting = false; }
  }

  async #open() {
    const obstacle = getObstacle();
    if (obstacle) { this.panel.note(obstacle); return false; }
    try {
      this.mic = await Microphone.open({
        device: this.prefs.device, onframe: (...frame) => this.#frame(...frame), onlost: () => this.suspend('unplugged'),
      });
    } catch (fault) { this.panel.note(getReason(fault)); return false; }
    this.panel.note(null);
    this.heard = createDetector();
    return true;
  }

  #standBy() {
    if (!this.hold && this.on) this.standby ??= new Standby(this.mic.stream, () => new Clip(this.server, this.session));
  }
  #standDown() { this.standby?.discard(); this.standby = null; }

  /** Read the question aloud, unless somebody is speaking already. */
  async ask() {
    if (this.recording) { this.to('listening', { hint: this.onward ? 'more' : 'next' }); return; }
    this.#standBy();
    Object.assign(this, { asking: true, onward: false, sounded: null });
    const { number } = this;
    const question = this.page.getQuestion();
    this.to('working', { hint: 'asking' });
    const outcome = await this.speaker.speak(question.number, question.text, () => { this.sounded ??= performance.now(); this.to('speaking'); });
    if (outcome === 'stopped' || number !== this.number || !this.on) return; // whoever stopped it has gone on
    this.asking = false;
    if (outcome === 'blocked') { this.#close(); this.panel.note('blocked'); this.to('ready'); return; }
    if (outcome === 'silent') globalThis.interviewrelay.say(question.text);
    this.listen();
  }

  listen() {
    Object.assign(this, { asking: false, heard: restart(this.heard), turn: createTurn(), quiet: 0 });
    this.#standBy();
    this.to('listening');
  }

  #frame(samples, seconds, rate) {
    const voiced = isVoiced(samples, rate);
    this.heard = detect(this.heard, getLevel(samples), seconds, { playing: this.speaker.playing, voiced });
    this.panel.setLevel(this.phase === 'working' ? 0 : getLoudness(this.heard.level, this.heard.floor));
    if (this.heard.active || this.speaker.playing || this.recording) document.dispatchEvent(new Event('voice:heard'));
    if (this.recording && this.recording.age > LONGEST) this.#split();
    if (this.hold) { this.#countQuiet(seconds); return; }
    if (this.phase === 'listening' || this.phase === 'waiting') this.#follow(seconds);
    else this.#overhear();
  }

  /** While we listen: the answer begins with its first word and ends by the rules of patience. */
  #follow(seconds) {
    if (!this.recording) {
      this.standby?.roll(THINKING);
      if (this.heard.spoke) this.#begin(); else this.#countQuiet(seconds);
      return;
    }
    let action;
    [this.turn, action] = advance(this.turn, this.heard);
    if (this.heard.active && this.phase === 'waiting') this.to('listening');
    this.panel.setPatience(this.turn.asked ? this.heard.silence / (this.turn.wait || RULES.alone) : 0);
    if (action === 'ask') this.#askServer();
    else if (action === 'patience') this.to('waiting');
    else if (action === 'end') this.finish();
  }

  /** While we speak, more than a word silences us; while we work, somebody had only paused and speaks on. */
  #overhear() {
    this.standby?.roll(BEFORE);
    if (!interrupts(this.heard) || !this.standby) return;
    if (this.asking) {
      const asked = this.sounded === null ? 0 : (performance.now() - this.sounded) / 1000;
      this.onward = this.sent === this.number - 2 && asked < TOO_SOON;
      this.interrupt({ speaks: true });
      return;
    }
    if (this.phase !== 'working' || this.early) return;
    this.early = this.standby.take();
    this.standby = null;
    this.early.clip.begin(this.number + 2, { hold: true });
  }

  /** Our voice stops; if somebody `speaks`, the answer begins with what is recorded already. */
  interrupt({ speaks = false } = {}) {
    this.speaker.stop();
    if (!speaks) { this.listen(); return; }
    this.asking = false;
    this.#begin();
    this.to('listening');
  }

  #begin() {
    this.recording = this.standby?.take() ?? new Recording(this.mic.stream, new Clip(this.server, this.session));
    this.standby = null;
    this.recording.clip.begin(this.number);
    this.turn = createTurn();
    this.panel.note(null);
  }

  async #askServer() {
    const asked = ++this.asks;
    const { recording } = this;
    let told = null;
    try {
      await recording.flush();
      told = await recording.clip.pause(this.heard.silence);
    } catch (fault) { if (fault instanceof Refused && fault.status < 500) this.panel.lost = false; }
    if (asked !== this.asks || !this.turn.asked || recording !== this.recording) return; // somebody spoke on
    if (told && !told.heard) { this.heard = restart(this.heard); this.turn = createTurn(); this.to('listening'); return; }
    this.turn = answer(this.turn, told ? told.wait : null);
  }

  #countQuiet(seconds) {
    if (this.phase !== 'listening' || this.recording) return;
    this.quiet += seconds;
    const step = [NUDGE, REST][this.steps];
    if (step && this.quiet >= step) this.panel.hint(['nudge', 'rest'][this.steps++]);
  }

  /** A long answer goes on in a new clip. */
  #split() {
    const { recording } = this;
    this.recording = new Recording(this.mic.stream, new Clip(this.server, this.session));
    this.recording.clip.begin(this.number);
    this.parts.push(recording.clip);
    recording.stop();
  }

  /** Push to talk. */
  press() {
    this.pressed = true;
    if (this.asking) this.interrupt();
    if (this.recording || this.phase !== 'listening') return;
    this.#begin();
    this.to('listening');
  }
  release() {
    if (!this.pressed) return;
    this.pressed = false;
    if (this.recording) this.finish();
  }

  /** The answer is complete: by silence, or because somebody says so. */
  async finish() {
    if (!['listening', 'waiting', 'ready', 'held'].includes(this.phase)) return;
    await this.found;
    if (this.on && !this.recording && !this.parts.length && this.standby) this.#begin();
    this.to('working');
    await this.#collect();
    if (!this.parts.length) { if (this.on) this.listen(); else this.to('ready'); return; }
    await this.#send();
  }

  /** What is being recorded becomes a part of the answer. */
  async #collect() {
    const { recording } = this;
    this.recording = null;
    this.panel.setPatience(0);
    this.heard = restart(this.heard);
    this.#standBy();
    if (!recording) return;
    this.parts.push(recording.clip);
    await recording.stop();
  }

  async #send(options = {}) {
    const { number, parts } = this;
    if (this.onward && await this.#extend()) return;
    const typed = this.page.getTyped();
    let result;
    try {
      result = await deliver(this.server, parts, number, { check: this.prefs.check, typed, ids: this.checked, ...options });
    } catch (fault) {
      if (number === this.number) await this.#refused(fault);
      return;
    }
    if (number !== this.number) return;
    if (result.kind === 'waiting') { this.#close(); this.to('held', { later: parts.length === 1 && !typed }); return; }
    if (result.kind === 'nothing') { this.#again('nothing'); return; }
    if (result.kind === 'check') { this.#written(result); this.to('review'); return; }
    this.to('working', { hint: 'thinking' });
    this.sent = number;
    this.forget();
    this.page.clearTyped();
    await this.page.refresh(result.reply);
  }

  /** What was said after a pause is added to the answer before, and the question is asked anew. Returns false if that
   * cannot be done: then it is the next answer. */
  async #extend() {
    const { number, parts } = this;
    this.onward = false;
    try {
      const { kind, ids } = await deliver(this.server, parts, number, { check: true });
      if (kind === 'waiting') return false;
      if (kind === 'check') {
        const [, { answers }] = await this.server.insist('POST', '/review', { number: this.sent, act: 'continue', recording_ids: ids });
        const { text } = answers.find((one) => one.number === this.sent);
        if (number !== this.number) return true;
        this.forget();
        await this.page.refresh({ saved: { number: this.sent, text, doubtful: [] }, turn: true });
      }
    } catch { return false; }
    if (number !== this.number) return true;
    this.forget();
    this.#takeEarly();
    this.onward = Boolean(this.recording);
    if (this.on) await this.ask(); else this.to('ready');
    return true;
  }

  /** What was said while we worked goes on, as part of the answer that is due. */
  #takeEarly() {
    if (!this.early) return;
    this.recording = this.early;
    this.early = null;
    this.recording.clip.release(this.number);
  }

  /** Send what is written, with the recordings behind it. Throws Refused. */
  async sendWritten() {
    const { number } = this;
    const { reply } = await deliver(this.server, [], number, { typed: this.page.getTyped(), ids: this.checked });
    this.page.clearTyped();
    await this.page.refresh(reply);
  }

  /** Words in the answer field: the person sends them, or goes on speaking. */
  #written(result) {
    this.#close();
    this.forget();
    this.checked = result.ids;
    this.page.write(result);
  }

  async #refused(fault) {
    if (!(fault instanceof Refused)) return; // dropped meanwhile
    if (fault.status === 409 || fault.status === 410) { await this.page.refresh(null); return; }
    this.#again('failed');
  }

  /** Nothing could be made of it: listen again. */
  #again(note) {
    this.forget();
    this.panel.note(note);
    this.#takeEarly();
    if (this.on) this.listen(); else this.to('ready');
  }

  /** Send it without words: they are found later. */
  async sendLater() {
    this.to('working');
    await this.#send({ later: true, check: false });
    if (this.phase === 'ready') await this.start();
  }

  /** The clips have become an answer, or nobody wants them. */
  forget() { for (const clip of this.parts.splice(0)) clip.drop(); }

  /** Another question is on the page. */
  async arrive() {
    const { number, early } = this;
    if (number === this.page.getNumber()) return;
    this.speaker.stop();
    if (this.recording) { this.recording.clip.drop(); this.recording.discard(); }
    this.forget();
    const { heard } = this;
    this.reset();
    this.heard = restart(heard);
    if (this.number === null) { this.#close(); this.page.leave(); return; }
    this.panel.note(null);
    if (!this.on) { early?.discard(); this.to('ready'); return; }
    // What was said since the answer belongs to it, if it is ours: the question is shown and not spoken over it.
    this.early = early;
    this.onward = Boolean(early) && this.sent === this.number - 2;
    if (this.onward) this.heard = heard;
    this.#takeEarly();
    await this.ask();
  }

  /** Speaking freely or push to talk, from now on. */
  changeTalk() {
    this.#standDown();
    if (!this.on) return;
    this.pressed = this.hold && Boolean(this.recording); // the next press ends what is being recorded
    if (this.phase !== 'listening' && this.phase !== 'waiting') this.#standBy();
    else if (!this.recording) this.listen();
    else { this.turn = createTurn(); this.panel.setPatience(0); this.to('listening'); }
  }

  /** No more of the question aloud. */
  hush() { if (this.asking) this.interrupt(); else this.speaker.stop(); }

  repeat() {
    if (!this.on) { this.start(); return; }
    if (this.phase === 'waiting' || this.recording) return this.#repeatWithin();
    this.speaker.stop();
    this.ask();
  }
  /** In the middle of an answer the question is read without ending it. */
  #repeatWithin() {
    const question = this.page.getQuestion();
    this.speaker.speak(question.number, question.text, () => {});
  }

  /** The microphone goes off; what was said is kept and the answer can go on. */
  async suspend(note = null) {
    if (!this.on) return;
    const { recording, phase } = this;
    this.#close();
    this.recording = null;
    if (recording) this.parts.push(recording.clip);
    if (phase !== 'working' || this.asking) this.to('ready');
    this.asking = false;
    if (note) this.panel.note(note);
    await recording?.stop();
    await recording?.clip.send().catch(() => {});
  }

  #close() {
    this.speaker.stop();
    this.#standDown();
    this.mic?.close();
    this.mic = null;
    this.panel.setLevel(0);
  }

  /** All that was said so far goes into the answer field, as words. Returns whether all is there. */
  async toWriting() {
    await this.suspend();
    await this.found;
    if (!this.parts.length) return true;
    this.onward = false;
    const { number, parts } = this;
    const options = { check: true, typed: this.page.getTyped(), ids: this.checked };
    const result = await deliver(this.server, parts, number, options).catch(() => null);
    if (number !== this.number || !['check', 'nothing'].includes(result?.kind)) return false;
    if (result.kind === 'check') this.#written(result); else this.forget();
    return true;
  }
}
