"""The most that could be learned: a beam search that knows the sheet and the rules."""

from collections.abc import Iterator
from dataclasses import dataclass

from bench.interviews import heard, surface
from bench.interviews.heard import Heard
from bench.interviews.mind import Mood
from bench.interviews.participant import Rules
from bench.interviews.record import area, recall
from bench.interviews.sheets import Sheet

WIDTH = 50


@dataclass(frozen=True, slots=True)
class Path:
    mood: Mood
    clock: float = 0.0
    weight: int = 0
    told: tuple[tuple[float, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Best:
    """What the oracle reached on one sheet."""

    recall: float
    deep: float | None
    area: float
    questions: int
    told: tuple[tuple[float, int], ...]


def best(sheet: Sheet, minutes: int, width: int = WIDTH) -> Best:
    """The highest recall within the time, all musts asked or answered, and nobody walking out."""
    found = _Search(sheet, minutes * 60.0).run(width)
    numbers = [n for _, n in found.told]
    return Best(
        recall=recall(sheet, numbers) or 0.0,
        deep=recall(sheet, numbers, range(2, 4)),
        area=area(sheet, list(found.told), minutes * 60.0),
        questions=found.mood.turn,
        told=found.told,
    )


class _Search:
    def __init__(self, sheet: Sheet, budget: float) -> None:
        self.sheet, self.budget = sheet, budget
        self.rules = Rules(sheet)
        self.weights = [f.weight for f in sheet.facts]
        self.must = sum(1 << n for n, must in enumerate(sheet.study.musts) if must)
        self.exchange = surface.seconds(sheet, 20)
        self.rate = sheet.total / budget

    def run(self, width: int) -> Path:
        beam, top = [Path(Mood())], Path(Mood())
        while beam:
            found: dict[tuple[int, int, int], Path] = {}
            for path in beam:
                for after in self._steps(path):
                    key = (after.mood.told, after.mood.topics, after.mood.turn)
                    if key not in found or after.clock < found[key].clock:
                        found[key] = after
            reached = [p for p in found.values() if self._musts(p) == 0]
            top = max([top, *reached], key=_gained)
            # What was closed leads nowhere, and must not crowd out what goes on.
            going_on = (p for p in found.values() if not p.mood.closed)
            beam = sorted(going_on, key=self._worth, reverse=True)[:width]
        return top

    def _steps(self, path: Path) -> Iterator[Path]:
        if path.clock >= self.budget or path.mood.closed:
            return
        for asked in self._acts(path.mood):
            mood, outcome, _ = self.rules.step(path.mood, asked)
            wasted = not outcome.facts and mood.topics == path.mood.topics
            clock = path.clock + self.rules.seconds(outcome)
            if mood.annoyance >= self.sheet.patience or (wasted and not self._stuck(path)):
                continue
            told = tuple((clock, n) for n in outcome.facts)
            weight = path.weight + sum(self.weights[n] for n in outcome.facts)
            after = Path(mood, clock, weight, path.told + told)
            if clock + self._musts(after) * self.exchange <= self.budget + self.exchange:
                yield after

    def _stuck(self, path: Path) -> bool:
        """Some people say nothing at certain turns, whatever is asked."""
        first = Heard(heard.CONTINUER)
        return bool(self.rules.step(path.mood, first)[2])

    def _acts(self, mood: Mood) -> Iterator[Heard]:
        study, facts = self.sheet.study, self.sheet.facts
        for topic in range(len(study.topics)):
            if not mood.topics >> topic & 1:
                yield Heard(heard.OPEN, topic)
        for place, numbers in enumerate(self.rules.mind.of_need):
            left = [n for n in numbers if facts[n].level < 4 and not mood.told >> n & 1]
            if not left:
                continue
            topic = study.needs[place].topic
            yield Heard(heard.NEED, topic, place)
            deep = [n for n in left if facts[n].level >= 2]
            if not deep:
                continue
            for kind in frozenset().union(*(facts[n].types for n in deep)):
                yield Heard(heard.NEED, topic, place, types=frozenset({kind}))
            said = [n for n in numbers if mood.told >> n & 1]
            if said:
                parents = [n for n in said if any(facts[d].parent == n for d in deep)]
                yield Heard(heard.ANCHORED, topic, place, anchor=(parents or said)[0])
        yield Heard(heard.CLOSING)

    def _musts(self, path: Path) -> int:
        """How many questions still have to be asked."""
        return (self.must & ~path.mood.topics).bit_count()

    def _worth(self, path: Path) -> float:
        behind = path.clock + 0.5 * self._musts(path) * self.exchange
        return path.weight - self.rate * behind - 0.5 * path.mood.annoyance


def _gained(path: Path) -> tuple[int, float]:
    return path.weight, -path.clock
