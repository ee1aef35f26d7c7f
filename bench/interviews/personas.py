"""Personas: what happens instead of an answer, and when."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from bench.interviews.heard import CLOSING, NOTHING, OFFER, OPEN, Heard
from bench.interviews.mind import Mood
from bench.interviews.sheets import Sheet

DEFLECT, REFUSE, UNKNOWN, DRIFT, CLARIFY, META, ATTACK, STOP, UNEASY, UPSET, DANGER = (
    "deflect", "refuse", "unknown", "drift", "clarify", "meta", "attack", "stop", "t1", "t2", "t3",
)  # fmt: skip
BRIEF, GARBLE, FOREIGN, HOSTILE, LEAVE = "brief", "garble", "foreign", "hostile", "leave"
"""Events that can replace an answer."""


@dataclass(frozen=True, slots=True)
class Persona:
    """Persona: `event` replaces an answer at `turns`, for a `share` of the first questions on
    each topic, or on a number of whole `topics`. `style` shapes how answers sound.
    """

    patience: float = 6.0
    event: str = ""
    share: float = 0.0
    turns: tuple[int, ...] = ()
    topics: bool = False
    style: str = ""
    network: str = ""


KINDS: Mapping[str, Persona] = {
    "cooperative": Persona(),
    "terse": Persona(event=BRIEF, share=1.0),
    "verbose": Persona(style="verbose", patience=7),
    "rambling": Persona(style="rambling", patience=7),
    "evasive": Persona(event=DEFLECT, share=0.4),
    "refuser": Persona(event=REFUSE, topics=True),
    "dont_knower": Persona(event=UNKNOWN, share=0.4),
    "hostile": Persona(event=HOSTILE, turns=(3, 9, 15), patience=4),
    "off_topic": Persona(event=DRIFT, share=0.35),
    "asks_back": Persona(event=META, turns=(3, 8, 13, 18)),
    "clarifier": Persona(event=CLARIFY, share=0.35),
    "non_native": Persona(style="non_native"),
    "contradictory": Persona(style="contradictory"),
    "self_correcting": Persona(style="correcting"),
    "distressed_t1": Persona(event=UNEASY, turns=(5, 11)),
    "distressed_t2": Persona(event=UPSET, turns=(6,)),
    "distressed_t3": Persona(event=DANGER, turns=(6,)),
    "injecting": Persona(event=ATTACK, turns=(2, 5, 8, 11, 14, 17)),
    "idle": Persona(network="idle"),
    "double_sender": Persona(network="double"),
    "impatient": Persona(event=META, turns=(3, 7), patience=3),
    "early_stopper": Persona(event=STOP, turns=(7,)),
    "gibberish": Persona(event=GARBLE, turns=tuple(range(1, 60, 2)), patience=9),
    "language_switcher": Persona(event=FOREIGN, turns=(5, 6)),
    "early_answerer": Persona(style="early"),
}

ENDING_KINDS = frozenset({"early_stopper", "distressed_t3"})
"""Personas whose interviews aren't meant to be finished."""


def chance(sheet: Sheet, *about: object) -> float:
    """Number from 0 to 1, always the same for a person and subject."""
    return zlib.crc32(repr((sheet.seed, *about)).encode()) / 2**32


def refused_topics(sheet: Sheet) -> frozenset[int]:
    """Two to four topics, never the first."""
    topics = range(1, len(sheet.study.topics))
    count = 2 + int(chance(sheet, "refused") * 3)
    return frozenset(sorted(topics, key=lambda t: chance(sheet, "refuses", t))[:count])


def event(sheet: Sheet, mood: Mood, asked: Heard) -> str:
    """Event that replaces the answer, if any."""
    persona = KINDS[sheet.kind]
    if persona.event == STOP and mood.turn > min(persona.turns):
        return STOP if asked.kind != NOTHING else ""
    if asked.kind in (OFFER, NOTHING, CLOSING):
        return ""
    if persona.topics:
        return persona.event if asked.topic in refused_topics(sheet) else ""
    if persona.turns:
        return persona.event if mood.turn in persona.turns else ""
    if asked.kind != OPEN or mood.topics >> asked.topic & 1:
        return ""
    happens = chance(sheet, persona.event, asked.topic) < persona.share
    return persona.event if happens and persona.event else ""


def named(given: str) -> list[str]:
    """Personas by comma-separated names; all of them for an empty text."""
    wanted = [name.strip() for name in given.split(",") if name.strip()] or list(KINDS)
    unknown = [name for name in wanted if name not in KINDS]
    if unknown:
        raise SystemExit(
            f"No such persona: {', '.join(unknown)}. There are {', '.join(KINDS)}."
        )
    return wanted
