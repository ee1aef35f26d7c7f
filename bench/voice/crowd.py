"""Crowd: many participants who speak at once, and what a turn costs the server.

They speak and listen in real time, with a played speech service that takes no time, so that what is
left is the server's own: storing and decoding sound, listening for the end of an answer, and the
interviewer.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.commands import ROOT
from bench.server import Instance, family
from bench.voice.answers import Answer, read_answers
from bench.voice.engines import need_speaker, open_all
from bench.voice.material import AFTER, SpokenAnswer, Voice, speak_answer
from bench.voice.participant import Participant, speech_server
from interviewrelay.core.ports.audio import SAMPLE_RATE, WIDTH, Sound

ANSWERS = 8  # different ones
ASKED_AFTER = 1.2  # seconds of silence
LISTENS = 2.0  # seconds to a question
STEPS = ("pieces", "judgement", "answer", "question spoken")


@dataclass(frozen=True)
class Turn:
    """Seconds that the server took for each step."""

    steps: tuple[float, ...]


def run(given: argparse.Namespace) -> None:
    engines = open_all(given.voice)
    voice = Voice(need_speaker(engines), engines.codec)
    answers = [one for one in read_answers() if one.places][:ANSWERS]
    spoken = [
        speak_answer(voice, Answer((one.text,), ()), (), n) for n, one in enumerate(answers)
    ]
    del engines, voice
    with _speech_service() as base:
        told = {f"{name}_{what}": value for name in ("STT", "TTS") for what, value in
                (("BASE_URL", base), ("MODEL", "stand-in"))}  # fmt: skip
        with speech_server(VOICE_MODEL_DIR=given.voice, **told) as (
            instance,
            process,
            campaign_id,
        ):
            _hold(instance, campaign_id, spoken, 1, 0)  # to warm up
            before, began = process.cpu_seconds, time.monotonic()
            with ThreadPoolExecutor(given.people) as pool:
                held = [
                    pool.submit(_hold, instance, campaign_id, spoken, given.turns, number)
                    for number in range(given.people)
                ]
                turns = [turn for one in held for turn in one.result()]
            seconds, cpu = time.monotonic() - began, process.cpu_seconds - before
            memory = sum(_resident_mib(pid) for pid in process.pids)
            peak, processes = process.memory_mib("VmHWM"), len(family(process.pids[0]))
    print(f"{given.people} participants, {len(turns)} turns in {seconds:.0f} s, ", end="")
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    print("| seconds of the server | p50 | p95 |\n|---|---|---|")
    for number, name in enumerate(STEPS):
        _row(name, [turn.steps[number] for turn in turns])
    _row("in all", [sum(turn.steps) for turn in turns])
    print(f"CPU {cpu / len(turns) * 1000:.0f} ms a turn, memory {memory:.0f} MiB in ", end="")
    print(f"{processes} processes, the largest at most {peak:.0f} MiB")


def _hold(
    instance: Instance, campaign_id: str, spoken: list[SpokenAnswer], count: int, number: int
) -> list[Turn]:
    """Turns of one participant, each in real time."""
    somebody, turns = Participant(instance, campaign_id), []
    time.sleep(number % 10 / 2)
    for turn in range(count):
        turns.append(_answer(somebody, spoken[(number + turn) % len(spoken)]))
        time.sleep(LISTENS)
    return turns


def _answer(somebody: Participant, spoken: SpokenAnswer) -> Turn:
    length = spoken.sound.seconds - AFTER + ASKED_AFTER
    sound = Sound(spoken.sound.samples[: round(length * SAMPLE_RATE) * WIDTH])
    clip, began, pieces = somebody.record(), time.monotonic(), 0.0
    for until in (*range(1, int(length)), length):
        time.sleep(max(0.0, began + until - time.monotonic()))
        pieces += clip.send(sound, until)
    judgement, _ = clip.pause()
    answer, state = clip.finish()
    goes_on = somebody.go_on(state)
    question = somebody.hear_question() if goes_on else 0.0
    return Turn((pieces, judgement, answer, question))


@contextmanager
def _speech_service() -> Iterator[str]:
    """URL of a played speech service in a process of its own."""
    words = (sys.executable, "-P", "-m", "tests.speech_stand_in")
    with subprocess.Popen(
        words, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE
    ) as service:
        if service.stdout is None:
            raise RuntimeError("no output of the speech service")
        yield f"http://127.0.0.1:{int(service.stdout.readline())}/v1"
        service.kill()


def _resident_mib(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2


def _row(name: str, seconds: list[float]) -> None:
    cuts = statistics.quantiles(seconds, n=20)
    print(f"| {name} | {cuts[9]:.3f} | {cuts[18]:.3f} |")
