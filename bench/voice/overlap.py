"""Overlap: what stops our voice while it speaks, and how soon.

Breaths, coughs, clicks and backchannels ("mm-hm", "okay") must not; interruptions must. Each is heard
by the rules of the page (static/voice-activity.js, in Node) over what an echo canceller leaves of our
voice.
"""

import argparse
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from bench.voice.engines import need_speaker, open_all
from bench.voice.material import Voice, in_room
from bench.voice.page import Page
from interviewrelay.core.ports.audio import SAMPLE_RATE

COUNT = 100  # of each kind
HEARD_WITHIN = 0.7  # seconds
HEARD_LEAST = 95
BEFORE = 1.0  # seconds of the room before our voice
ONSETS = (2.0, 2.0, 2.0, 2.0, 0.3)  # seconds of our voice before anything else, in turn
ECHO_DBFS = (-58.0, -50.0)
LEVELS_DBFS = (-20.0, -26.0, -32.0)
SHORT = 0.5  # seconds of sound below which a word never stops us
QUESTION = (
    "Thank you. You said that the letter came late. Could you tell me a little more about what "
    "happened next, and what that meant for you and for your family?"
)
BACKCHANNELS = (
    "Mm-hm.",
    "Yes.",
    "Okay.",
    "Right.",
    "Mm.",
    "Yeah.",
    "Uh-huh.",
    "Sure.",
    "Oh.",
    "I see.",
)
INTERRUPTIONS = (
    "Sorry, can I just say something about the letter?",
    "Wait, I don't understand the question.",
    "No, that's not what I meant.",
    "Excuse me, could you repeat that?",
    "Actually, I was not finished yet.",
    "One moment please, there is somebody at the door.",
    "Can you speak a little louder?",
    "I have already told you that.",
    "Hold on, I need to get my glasses.",
    "My family was fine, it was the money that worried us.",
    "Could we skip this one?",
    "Before you go on, I forgot to mention the nurse.",
    "It meant that I could not work for a month.",
    "Yes, I know what you are going to ask.",
    "Please stop, this is too fast for me.",
    "Hello, can you hear me?",
    "Let me think about that for a second.",
    "What happened next was really quite simple.",
    "Sorry, what was the question again?",
    "I'd rather talk about something else.",
)


@dataclass(frozen=True)
class Heard:
    """What is heard over our voice: its kind, its samples (16 kHz) and how long it sounds."""

    kind: str
    samples: Any

    @property
    def seconds(self) -> float:
        return len(self.samples) / SAMPLE_RATE


def run(given: argparse.Namespace) -> None:
    engines = open_all(given.voice)
    voice = Voice(need_speaker(engines), engines.codec)
    ours = voice.speak(QUESTION)
    with Page() as page:
        quiet = [*_noises(COUNT), *_words(voice, BACKCHANNELS, COUNT)]
        stops = [(one, _find_stop(page, ours, one, n)) for n, one in enumerate(quiet)]
        nothing = Heard("our own voice alone", np.zeros(SAMPLE_RATE, np.int16))
        stops += [(nothing, _find_stop(page, ours, nothing, n)) for n in range(COUNT // 5)]
        true = list(_words(voice, INTERRUPTIONS, COUNT))
        heard = [_find_stop(page, ours, one, n) for n, one in enumerate(true)]
    _report(stops, heard)


def _find_stop(page: Page, ours: Any, heard: Heard, number: int) -> float | None:
    """Seconds from the onset of what is heard until our voice stops; None if it does not."""
    ours = at_level(ours, ECHO_DBFS[number // 2 % 2]).astype(np.float64)
    whole = np.concatenate([np.zeros(int(BEFORE * SAMPLE_RATE)), ours])
    onset = BEFORE + ONSETS[number // 4 % len(ONSETS)]
    start = int(onset * SAMPLE_RATE)
    whole[start : start + len(heard.samples)] += heard.samples[: len(whole) - start]
    page.open(in_room(whole, number), playing=BEFORE)
    stop = page.find_stop()
    return None if stop is None else stop - onset


def _noises(count: int) -> Iterator[Heard]:
    """Breaths, coughs and clicks."""
    draw = np.random.default_rng(7)
    for number in range(count):
        kind = ("breath", "breath", "breath", "cough", "click")[number % 5]
        seconds = {"breath": draw.uniform(0.25, 0.9), "cough": 0.3, "click": 0.03}[kind]
        level = {"breath": draw.uniform(-50, -36), "cough": -20.0, "click": -15.0}[kind]
        noise = draw.normal(0, 1, int(seconds * SAMPLE_RATE))
        swell = np.sin(np.linspace(0, np.pi, len(noise)))
        # A moving mean of three samples: less of the treble, as the lips do.
        shaped = np.convolve(noise * swell, np.ones(3) / 3, "same")
        yield Heard(kind, at_level(shaped * 1000, level))


def _words(voice: Voice, texts: tuple[str, ...], count: int) -> Iterator[Heard]:
    for number in range(count):
        samples = voice.speak(texts[number % len(texts)])
        level = LEVELS_DBFS[number // len(texts) % len(LEVELS_DBFS)]
        kind = "word" if texts is INTERRUPTIONS else texts[number % len(texts)].strip(".")
        yield Heard(kind, at_level(samples, level))


def at_level(samples: Any, dbfs: float) -> Any:
    """The samples with their loud half at a level (RMS)."""
    given = samples.astype(np.float64)
    loud = np.abs(given) > np.median(np.abs(given))
    power = np.sqrt((given[loud] ** 2).mean())
    return np.clip(given * 32_768 * 10 ** (dbfs / 20) / power, -32_768, 32_767).astype(np.int16)


def _report(stops: list[tuple[Heard, float | None]], heard: list[float | None]) -> None:
    print("| over our voice | times | seconds | stopped it |\n|---|---|---|---|")
    for kind in dict.fromkeys(one.kind for one, _ in stops):
        of_kind = [(one, stop) for one, stop in stops if one.kind == kind]
        lengths = sorted(one.seconds for one, _ in of_kind)
        stopped = sum(stop is not None for _, stop in of_kind)
        print(
            f"| {kind} | {len(of_kind)} | {lengths[0]:.2f} to {lengths[-1]:.2f} | {stopped} |"
        )
    wrong = sum(stop is not None for _, stop in stops)
    times = sorted(stop for stop in heard if stop is not None)
    soon = sum(stop <= HEARD_WITHIN for stop in times)
    print(f"{len(heard)} interruptions: {soon} heard within {HEARD_WITHIN:g} s, ", end="")
    print(
        f"p50 {statistics.median(times):.2f} s, most {times[-1]:.2f} s, {len(heard) - len(times)} never"
    )
    good = not wrong and soon >= HEARD_LEAST
    print(f"{'PASS' if good else 'FAIL'}: {wrong} of {len(stops)} others stopped our voice")
