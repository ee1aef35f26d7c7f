"""Times of turns in the recording of a spoken interview. They take the place of those on the clock,
so that transcript, subtitles and sound agree.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from interviewrelay.core.conversation import TranscriptTurn

Layout = Sequence[Sequence[Any]]
"""`SessionRecording.layout`."""


class SoundTimes(NamedTuple):
    """Place of a turn in seconds, and how sure the recogniser was of it."""

    timestamp: float
    duration: float
    end: float
    confidence: float | None


def read_layout(layout: Layout) -> dict[int, SoundTimes]:
    """Times by number of the turn."""
    return {
        number: SoundTimes(_plain(start), _plain(end - start), _plain(end), confidence)
        for number, start, end, confidence in layout
    }


def place_turns(
    turns: Sequence[TranscriptTurn], layout: Layout | None
) -> tuple[TranscriptTurn, ...]:
    """The turns with their times in the recording; as they are without one."""
    if not layout:
        return tuple(turns)
    times = read_layout(layout)
    return tuple(
        replace(turn, **_changes(times[turn.number])) if turn.number in times else turn
        for turn in turns
    )


def place_shape(turn: dict[str, Any], times: dict[int, SoundTimes]) -> None:
    """The same for a turn in the API's shape."""
    if found := times.get(turn["number"]):
        changes = _changes(found)
        del changes["end"]
        turn |= changes


def _changes(times: SoundTimes) -> dict[str, Any]:
    changes = times._asdict()
    if times.confidence is None:
        del changes["confidence"]
    return changes


def _plain(seconds: float) -> float:
    """Seconds to hundredths, whole ones without a point."""
    rounded = round(seconds, 2)
    return int(rounded) if rounded == int(rounded) else rounded
