"""Written answers, with the places where their speakers pause."""

import re
from dataclasses import dataclass
from pathlib import Path

PLACES = ("clause", "filler", "conjunction", "list", "sentence")
LENGTHS = (1.0, 2.0, 4.0, 8.0)
"""Seconds of the pauses."""


@dataclass(frozen=True)
class Answer:
    """A written answer: its pieces, and where the pauses between them are."""

    pieces: tuple[str, ...]
    places: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.pieces)


def read_answers() -> list[Answer]:
    """The written answers."""
    lines = (Path(__file__).parent / "answers.txt").read_text(encoding="utf-8").splitlines()
    return [_parse(line) for line in lines if line and not line.startswith("#")]


def _parse(line: str) -> Answer:
    parts = re.split(rf"\s*\[({'|'.join(PLACES)})\]\s*", line)
    return Answer(tuple(parts[::2]), tuple(parts[1::2]))


def choose_lengths(answer: Answer, number: int, again: int) -> tuple[float, ...]:
    """Lengths of the pauses when an answer is spoken `again`; each gets another one every time."""
    return tuple(
        LENGTHS[(number + again + at) % len(LENGTHS)] for at in range(len(answer.places))
    )
