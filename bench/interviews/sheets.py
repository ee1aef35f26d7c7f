"""Fact sheets: what one person knows, drawn with a seed from a study's material."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bench.interviews.material import Line, Need, Study

VERBOSITIES = ("low", "medium", "high")
NOISE = (0.0, 0.05, 0.15)
"""Shares of words that speech recognition gets wrong."""

_CHOICE = re.compile(r"\[([^\]]+)\]")
_ANCHOR = re.compile(r"<([^>]+)>")


@dataclass(frozen=True, slots=True)
class Fact:
    """Fact: `need` and `parent` are numbers, `parent` -1 for none. A sensitive fact is told
    after `after_turns` turns at the earliest; a decoy (level 4) never.
    """

    need: int
    level: int
    weight: int
    text: str
    types: frozenset[str]
    anchors: tuple[str, ...]
    parent: int
    after_turns: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """One person: what they know and what they are like. `seed` identifies them."""

    id: str
    study: Study
    seed: int
    kind: str
    verbosity: str
    patience: float
    noise: float
    facts: tuple[Fact, ...]

    @property
    def total(self) -> int:
        """Total weight of all facts that can be told."""
        return sum(f.weight for f in self.facts if f.level < 4)


def sheet(
    study: Study, number: int, seed: int, kind: str, patience: float, verbosity: str = ""
) -> Sheet:
    """Fact sheet; the same arguments always give the same one. `patience` is that of the
    persona.
    """
    name = f"{study.id}-{number:02}"
    draw = random.Random(f"{seed}/{name}")
    facts: list[Fact] = []
    for place in range(len(study.needs)):
        facts += _known(draw, study.needs[place], place, len(facts))
    return Sheet(
        id=name,
        study=study,
        seed=draw.randrange(2**32),
        kind=kind,
        verbosity=verbosity or VERBOSITIES[number % 3],
        patience=patience + draw.choice((-1, 0, 0, 1)),
        noise=draw.choice(NOISE),
        facts=tuple(facts),
    )


def _known(draw: random.Random, need: Need, place: int, first: int) -> Iterator[Fact]:
    """Facts a person knows: some know less, and the order varies."""
    lines = list(need.lines)
    if len(lines) > 2 and draw.random() < 0.05:
        loose = [n for n, line in enumerate(lines) if n + 1 == len(lines) or not _led(lines, n)]
        lines.pop(draw.choice(loose))
    for number, line in enumerate(lines):
        yield Fact(
            need=place,
            level=(level := _kept_back(draw, line.level)),
            weight=draw.choice((1, 1, 2)),
            text=_ANCHOR.sub(r"\1", spoken := _said(draw, line.text)),
            types=line.types,
            anchors=tuple(_ANCHOR.findall(spoken)),
            parent=first + number - 1 if line.follows and number else -1,
            after_turns=draw.choice((4, 6, 8)) if level == 3 else 0,
        )


def _kept_back(draw: random.Random, level: int) -> int:
    """Level of a fact: what some tell freely, others keep to themselves (3), or forever (4)."""
    chance = draw.random()
    if level != 2 or chance >= 0.2:
        return level
    return 3 if chance < 0.16 else 4


def _led(lines: list[Line], number: int) -> bool:
    """Whether the next line depends on this one."""
    return lines[number + 1].follows


def _said(draw: random.Random, text: str) -> str:
    return _CHOICE.sub(lambda found: draw.choice(found[1].split("|")), text)
