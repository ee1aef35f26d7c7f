"""Patience: spoken answers with long pauses, and whether any of them is cut off.

Each sound goes through the rules of the page (static/voice-activity.js, in Node) and, where the page
asks the server, through `recordings.pauses`, with the engines that are installed. The clock is that of
the sound: what the engines take costs no time here, which is the hardest case for cutting nobody off.
"""

import argparse
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.voice.answers import LENGTHS, PLACES, Answer, choose_lengths, read_answers
from bench.voice.engines import need_speaker, open_all
from bench.voice.material import SpokenAnswer, Voice, speak_answer
from bench.voice.page import Page
from interviewrelay.core.ports.audio import SAMPLE_RATE, WIDTH, Sound
from interviewrelay.core.ports.speech import SpeechEngines
from interviewrelay.recordings import pauses


@dataclass
class Outcome:
    """How one answer went. `survived` are pauses as (place, seconds); `cut` is the pause in which
    the answer was ended, `wait` the silence after its end, None if it was cut off.
    """

    spoken: SpokenAnswer
    survived: list[tuple[str, float]] = field(default_factory=list)
    cut: tuple[str, float] | None = None
    wait: float | None = None
    judged: list[str] = field(default_factory=list)


def run(given: argparse.Namespace) -> None:
    engines = open_all(given.voice)
    voice = Voice(need_speaker(engines), engines.codec)
    answers = read_answers()
    paused = [one for one in answers if one.places and "sentence" not in one.places]
    whole = [one for one in answers if "sentence" in one.places]
    closed = [one for one in answers if not one.places]
    with Page() as page:
        print(f"{given.answers} answers, {len(paused)} different ones, pauses inside them")
        inside = []
        for one in _spoken(voice, paused, given.answers):
            inside.append(hold(page, engines, one))
            _tell(inside)
        report(inside)
        after = [hold(page, engines, one) for one in _spoken(voice, whole, 4 * len(whole))]
        print(f"\n{len(after)} answers with a pause after a complete sentence")
        report(after)
        short = [hold(page, engines, one) for one in _spoken(voice, closed, len(closed))]
        print(f"\n{len(short)} short answers without a pause")
        report(short)
    cut = sum(outcome.cut is not None for outcome in inside)
    print(f"\n{'PASS' if not cut else 'FAIL'}: {cut} cut-offs in {len(inside)} answers")


def _spoken(voice: Voice, answers: list[Answer], count: int) -> Iterator[SpokenAnswer]:
    """So many spoken answers; each pause of an answer has another length each time."""
    for number in range(count):
        answer, again = answers[number % len(answers)], number // len(answers)
        lengths = choose_lengths(answer, number, again)
        yield speak_answer(voice, answer, lengths, number)


def hold(page: Page, engines: SpeechEngines, spoken: SpokenAnswer) -> Outcome:
    """Hear one answer until it is ended."""
    outcome = Outcome(spoken)
    page.open(spoken.sound)
    while (event := page.go()).action == "ask":
        heard = Sound(spoken.sound.samples[: round(event.at * SAMPLE_RATE) * WIDTH])
        # No recognition of an earlier run or answer is found again.
        told = pauses.judge_sound(engines, str(id(outcome)), heard, language="en")
        outcome.judged.append(f"{told.wait:g} s after “…{told.text[-40:]}”")
        if told.heard:
            page.answer(told.wait)
        else:
            page.forget()
    for pause in spoken.pauses:
        if event.at < pause.start + pause.length:
            outcome.cut = (pause.place, pause.length)
            break
        outcome.survived.append((pause.place, pause.length))
    else:
        outcome.wait = event.at - spoken.end
        if outcome.wait < 0:  # in the middle of a word
            outcome.cut, outcome.wait = ("speech", 0.0), None
    return outcome


def report(outcomes: list[Outcome]) -> None:
    survived = Counter(pause for outcome in outcomes for pause in outcome.survived)
    cut = Counter(outcome.cut for outcome in outcomes if outcome.cut)
    if survived or cut:
        head = " | ".join(f"{length:g} s" for length in LENGTHS)
        print(f"| pause (cut off / all) | {head} |\n|---|{'---|' * len(LENGTHS)}")
    for place in (*PLACES, "speech"):
        cells = []
        for length in LENGTHS if place != "speech" else (0.0,):
            many = cut[place, length] + survived[place, length]
            cells.append(f"{cut[place, length]} / {many}")
        if any(not cell.endswith(" / 0") for cell in cells):
            print(f"| {place} | {' | '.join(cells)} |")
    waits = sorted(outcome.wait for outcome in outcomes if outcome.wait is not None)
    if len(waits) > 1:
        middle, late = statistics.median(waits), statistics.quantiles(waits, n=20)[18]
        print("end of an answer, seconds after its last word: ", end="")
        print(f"p50 {middle:.1f}, p95 {late:.1f}, most {waits[-1]:.1f}")
    kinds: defaultdict[str, int] = defaultdict(int)
    for outcome in outcomes:
        if outcome.wait is not None and outcome.judged:
            kinds[outcome.judged[-1].split(" s ")[0]] += 1
    told = ", ".join(f"{wait} for {many}" for wait, many in sorted(kinds.items()))
    print(f"seconds that the last pause had to last: {told}")


def _tell(outcomes: list[Outcome]) -> None:
    """Print the last outcome if it was a cut-off, and how far it is from time to time."""
    last = outcomes[-1]
    if last.cut:
        print(f"  cut off in {last.cut}: {last.judged[-1]} of “{last.spoken.answer.text}”")
    if len(outcomes) % 20 == 0:
        cut = sum(outcome.cut is not None for outcome in outcomes)
        print(f"  {len(outcomes)} answers, {cut} cut off", flush=True)
