"""Warm-up: load in advance what the first answer in each language would wait for."""

import os
import threading
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final

from interviewrelay.core.conversation import Turn
from interviewrelay.interviewer import languages
from interviewrelay.interviewer.dialogue.controller import (
    EngineContext,
    next_move,
    opening_move,
)
from interviewrelay.interviewer.guide import Guide, Question

LEAST_URGENT: Final = 19
"""Lowest Unix priority, so that requests come first."""
HEAD_START: Final = 5.0
"""Seconds that the warm-up waits at most for an answer that is already being read."""
_ANY_TIME: Final = datetime(2026, 1, 1, tzinfo=UTC)


def start_warm_up(after: threading.Event | None = None) -> None:
    """Warm up in a low-priority thread, once `after` is set: two threads that load the same need
    twice the time.
    """
    threading.Thread(
        target=_in_the_background, args=(after,), name="warming up", daemon=True
    ).start()


def _in_the_background(after: threading.Event | None) -> None:
    if after is not None:
        after.wait(HEAD_START)
    with suppress(OSError, AttributeError):  # where threads have no priority of their own
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), LEAST_URGENT)
    warm_up()


def warm_up() -> None:
    """Hold a short interview in each language.

    This takes over a second of processor time, most of it for English, since danger is looked for
    in all languages.
    """
    spoken = [
        code for code in languages.list_languages() if languages.load_table(code, "phrases")
    ]
    for code in sorted(spoken, key=lambda code: code != "en"):
        lines = languages.load_table(code, "phrases")["lines"]
        questions = tuple(Question(id=f"q{n}", text=lines["go_on"][0]) for n in range(2))
        guide = Guide(name="", language=code, questions=questions)
        here = EngineContext(seed="", now=_ANY_TIME, elapsed_seconds=1.0, organization="")
        asked = opening_move(guide, here)
        said = " ".join(text for key in ("comfort", "pause") for text in lines[key])
        turns = [
            Turn(1, "ai", asked.text or "", _ANY_TIME, asked.decision),
            Turn(2, "participant", said, _ANY_TIME),
        ]
        next_move(guide, turns, here)
