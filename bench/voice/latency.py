"""Latency: from the last word of an answer to the first sound of the next question.

The page's rules run over each answer (in Node), a server hears it over HTTP, and the parts are added as
the page would spend them: the silence until it asks, the server's judgement of the pause, what is left
of the wait, the answer (stored, and the next question chosen), and the first spoken sentence. What a
browser and a network take comes on top. Recordings are sent as WAV.
"""

import argparse
import os
import statistics
from contextlib import ExitStack
from dataclasses import dataclass

from bench.voice.answers import Answer, read_answers
from bench.voice.engines import need_speaker, open_all
from bench.voice.material import SpokenAnswer, Voice, speak_answer
from bench.voice.page import Page
from bench.voice.participant import Participant, speech_server
from tests.speech_stand_in import SpeechStandIn, serving

AIMS = {"local": (2.5, 4.5), "fast": (1.5, 2.5)}  # seconds, p50 and p95
FAST_SECONDS = {"STT": 0.15, "TTS": 0.2}
PARTS = ("silence", "judgement", "rest of the wait", "answer", "question spoken")


@dataclass(frozen=True)
class Turn:
    """Seconds of each part of a turn."""

    parts: tuple[float, ...]
    wait: float

    @property
    def seconds(self) -> float:
        return sum(self.parts)


def run(given: argparse.Namespace) -> None:
    engines = open_all(given.voice)
    voice = Voice(need_speaker(engines), engines.codec)
    answers = [one for one in read_answers() if "sentence" not in one.places]
    chosen = answers[:: max(1, len(answers) // (given.turns + 1))][: given.turns + 1]
    spoken = [
        speak_answer(voice, Answer((one.text,), ()), (), n) for n, one in enumerate(chosen)
    ]
    del engines, voice  # the server's own need the memory
    with ExitStack() as stack:
        settings, ears = {"VOICE_MODEL_DIR": given.voice}, None
        if given.service == "fast":
            ears, mouth = stack.enter_context(serving()), stack.enter_context(serving())
            for name, service in (("STT", ears), ("TTS", mouth)):
                service.behave("slow", seconds=FAST_SECONDS[name])
                settings |= {f"{name}_BASE_URL": service.base, f"{name}_MODEL": "stand-in"}
        page = stack.enter_context(Page())
        instance, _, campaign_id = stack.enter_context(speech_server(**settings))
        somebody = Participant(instance, campaign_id)
        _answer(page, somebody, spoken[0], ears)  # to warm up
        turns = [_answer(page, somebody, one, ears) for one in spoken[1:]]
    _report([turn for turn in turns if turn], given.service)


def _answer(
    page: Page, somebody: Participant, spoken: SpokenAnswer, ears: SpeechStandIn | None
) -> Turn | None:
    if ears:
        ears.hear(spoken.answer.text, by_sound=True)
    page.open(spoken.sound)
    event = page.go()
    if event.action != "ask":
        raise RuntimeError(f"the page did not notice the end of “{spoken.answer.text}”")
    clip = somebody.record()
    clip.send(spoken.sound, event.at - 1)
    judgement = clip.send(spoken.sound, event.at)
    taken, told = clip.pause()
    judgement += taken
    # From the beginning of its silence the page waits as long as it is told, and for the answer.
    rest = max(0.0, told["wait"] - event.silence - judgement)
    answer = clip.send(spoken.sound, event.at + judgement + rest)
    taken, state = clip.finish()
    answer += taken
    if not somebody.go_on(state):
        return None  # that was the last question
    question = somebody.hear_question()
    parts = (event.at - spoken.end, judgement, rest, answer, question)
    return Turn(parts, told["wait"])


def _report(turns: list[Turn], service: str) -> None:
    print(f"{len(turns)} turns, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    print("| seconds | p50 | p95 |\n|---|---|---|")
    for number, name in enumerate(PARTS):
        _row(name, [turn.parts[number] for turn in turns])
    _row("in all", [turn.seconds for turn in turns])
    sure = [turn.seconds for turn in turns if turn.wait <= 1.2]
    if len(sure) > 1:
        _row(f"in all, {len(sure)} answers that seemed complete", sure)
    middle, late = _cuts([turn.seconds for turn in turns])
    aims = AIMS[service]
    good = middle <= aims[0] and late <= aims[1]
    print(f"{'PASS' if good else 'MISSED'}: the aims are {aims[0]:g} and {aims[1]:g} s")


def _row(name: str, seconds: list[float]) -> None:
    middle, late = _cuts(seconds)
    print(f"| {name} | {middle:.2f} | {late:.2f} |")


def _cuts(seconds: list[float]) -> tuple[float, float]:
    """p50 and p95."""
    cuts = statistics.quantiles(seconds, n=20)
    return cuts[9], cuts[18]
