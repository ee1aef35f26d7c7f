"""Release rules as a pure function of the state and the question: what is told when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bench.interviews import heard
from bench.interviews.heard import Heard
from bench.interviews.sheets import Sheet

FACTS_TOLD = {"low": 1, "medium": 2, "high": 3}
LOCK_TURNS = 2
PRESSURE_TURNS = 2

TOLD, AGAIN, MISSED, AGREED, YES, ACCEPTED = "told", "again", "missed", "agreed", "yes", "ok"
CORRECTED = "corrected"
"""Outcomes of a question: facts, "I said that already", a filler, agreement, yes or no, a reply
to something that wasn't a question, or a correction of something read back wrongly.
"""


@dataclass(frozen=True, slots=True)
class Mood:
    """State of one person; sets of numbers are bits of integers."""

    turn: int = 0
    told: int = 0
    annoyance: float = 0.0
    topics: int = 0
    continued: int = 0
    live: int = -1
    pressed: int = -9
    locks: tuple[tuple[int, int], ...] = ()
    events: int = 0
    asked: frozenset[str] = frozenset()
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    kind: str
    facts: tuple[int, ...] = ()


class Mind:
    """Rules of one fact sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.most = FACTS_TOLD[sheet.verbosity]
        self.of_need: list[list[int]] = [[] for _ in sheet.study.needs]
        for number, fact in enumerate(sheet.facts):
            self.of_need[fact.need].append(number)
        self.of_topic: list[list[int]] = [[] for _ in sheet.study.topics]
        for place, need in enumerate(sheet.study.needs):
            self.of_topic[need.topic].append(place)
        self._bits = [1 << n for n in range(len(sheet.facts))]

    def answer(self, mood: Mood, asked: Heard) -> tuple[Mood, Outcome]:
        """What is told, and the state afterwards."""
        asked = self._on_live(mood, asked)
        key = asked.text
        same = bool(key) and key in mood.asked
        outcome = Outcome(AGAIN) if same else self._outcome(mood, asked)
        pressed = mood.turn if asked.pressing else mood.pressed
        locks = tuple(lock for lock in mood.locks if lock[1] > mood.turn)
        if asked.locked >= 0:
            locks += ((asked.locked, mood.turn + 1 + LOCK_TURNS),)
        told = mood.told
        for number in outcome.facts:
            told |= self._bits[number]
        return replace(
            mood,
            turn=mood.turn + 1,
            told=told,
            annoyance=mood.annoyance + _vexes(outcome.kind, verbatim=same),
            topics=mood.topics | (1 << asked.topic if asked.topic >= 0 else 0),
            continued=mood.continued | self._continued(mood, asked),
            live=self.sheet.facts[outcome.facts[-1]].need
            if outcome.facts
            else _aim(mood, asked),
            pressed=pressed,
            locks=locks,
            asked=mood.asked | {key} if key else mood.asked,
            closed=mood.closed or asked.kind == heard.CLOSING,
        ), outcome

    def volunteered(self, mood: Mood, topic: int) -> tuple[int, ...]:
        """Surface facts of a topic that nobody has asked about."""
        return tuple(self._ready(mood, self.of_topic[topic], 0)[:1])

    def _on_live(self, mood: Mood, asked: Heard) -> Heard:
        """Follow-up that names nothing, so it is about the last subject."""
        nameless = asked.need < 0 and asked.anchor < 0 and asked.topic < 0
        if mood.live < 0 or not nameless or asked.kind != heard.ANCHORED:
            return asked
        return replace(asked, need=mood.live)

    def _outcome(self, mood: Mood, asked: Heard) -> Outcome:
        kind = asked.kind
        if kind in (heard.OFFER, heard.NOTHING, heard.RECAP):
            return Outcome(ACCEPTED)
        if kind in (heard.LEADING, heard.OPTION):
            return Outcome(AGREED)
        facts = () if kind == heard.DUMP else tuple(self._offered(mood, asked))
        if facts:
            return Outcome(TOLD, facts)
        otherwise = {heard.CLOSED: YES, heard.CLOSING: ACCEPTED, heard.DUMP: MISSED}
        return Outcome(otherwise.get(kind) or (AGAIN if self._known(mood, asked) else MISSED))

    def _offered(self, mood: Mood, asked: Heard) -> Iterable[int]:
        kind, needs = asked.kind, self._meant(asked)
        if kind in (heard.OPEN, heard.DOUBLE) and asked.need < 0:
            return self._ready(mood, needs, 0)[: self.most]
        if kind == heard.CLOSED:
            return self._ready(mood, needs, 0)[:1]
        if kind == heard.CONTINUER:
            live = mood.live
            spent = live < 0 or mood.continued >> live & 1
            return [] if spent else self._ready(mood, [live], 1)[:1]
        if kind == heard.CLOSING:
            everything = range(len(self.of_need))
            return self._ready(mood, everything, 1)[: min(2, self.most)]
        return self._specific(mood, asked, needs)

    def _meant(self, asked: Heard) -> list[int]:
        if asked.anchor >= 0:
            return [self.sheet.facts[asked.anchor].need]
        if asked.need >= 0:
            return [asked.need]
        return self.of_topic[asked.topic] if asked.topic >= 0 else []

    def _specific(self, mood: Mood, asked: Heard, needs: list[int]) -> list[int]:
        """Question for one subject: what fits comes first, then the surface, level by level."""
        facts, on_top = self.sheet.facts, self._ready(mood, needs, 1)
        deep = self._ready(mood, needs, 3, self._may_be_sensitive(mood, asked))
        if asked.anchor >= 0:
            children = [n for n in deep if facts[n].parent == asked.anchor]
            rest = [n for n in deep if n not in children]
            return (children + rest)[: min(2, self.most)]
        fitting = [n for n in deep if facts[n].types & asked.types]
        if fitting:
            rest = [n for n in on_top if n not in fitting]
            return (fitting + rest)[: min(2, self.most)]
        if asked.kind == heard.ANCHORED:
            return on_top[: min(2, self.most)]
        if on_top:
            return [n for n in on_top if facts[n].level == facts[on_top[0]].level][: self.most]
        return [n for n in deep if facts[n].level == 3][: self.most]

    def _ready(
        self, mood: Mood, needs: Iterable[int], level: int, *sensitive: bool
    ) -> list[int]:
        """Untold facts up to a level, surface ones first."""
        found = [n for need in needs for n in self._open(mood, need, level, any(sensitive))]
        return sorted(found, key=lambda n: self.sheet.facts[n].level)

    def _open(self, mood: Mood, need: int, level: int, sensitive: bool) -> Iterator[int]:
        if any(locked == need and mood.turn < until for locked, until in mood.locks):
            return
        for number in self.of_need[need]:
            fact = self.sheet.facts[number]
            if fact.level > level or mood.told & self._bits[number]:
                continue
            if fact.parent >= 0 and not mood.told & self._bits[fact.parent]:
                continue
            if fact.level < 3 or (sensitive and mood.turn >= fact.after_turns):
                yield number

    def _may_be_sensitive(self, mood: Mood, asked: Heard) -> bool:
        return not asked.pressing and mood.turn - mood.pressed > PRESSURE_TURNS

    def _known(self, mood: Mood, asked: Heard) -> bool:
        """Whether the question asks for something already told: all surface facts of the
        subject. Asking deeper may find nothing but repeats nothing.
        """
        if asked.kind in (heard.ANCHORED, heard.CONTINUER):
            return False
        top = [n for need in self._meant(asked) for n in self.of_need[need]]
        top = [n for n in top if self.sheet.facts[n].level <= 1]
        return bool(top) and all(mood.told & self._bits[n] for n in top)

    def _continued(self, mood: Mood, asked: Heard) -> int:
        live = asked.kind == heard.CONTINUER and mood.live >= 0
        return 1 << mood.live if live else 0


def _vexes(kind: str, *, verbatim: bool) -> float:
    if verbatim:
        return 1.5
    return {AGAIN: 1.0, MISSED: 0.5}.get(kind, 0.0)


def _aim(mood: Mood, asked: Heard) -> int:
    return asked.need if asked.need >= 0 else mood.live
