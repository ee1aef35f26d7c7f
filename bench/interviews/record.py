"""An interview as it went, and the plain counts that everything else is made of."""

from dataclasses import dataclass, field
from typing import Any

from bench.interviews.participant import Exchange, Participant
from bench.interviews.sheets import Sheet


@dataclass(slots=True)
class Record:
    """`completed` when the interviewer closed it; `walked` when the participant's patience was at an
    end; `lost` counts acknowledged answers that the state shows otherwise or not at all, `faults`
    answers of the server that the contract does not know; `turns` are the stored transcript's.
    """

    sheet: Sheet
    simulator: str
    policy: str
    budget: float
    exchanges: list[Exchange] = field(default_factory=list)
    seconds: float = 0.0
    completed: bool = False
    walked: bool = False
    contaminated: int = 0
    closing: str = ""
    lost: int = 0
    faults: list[str] = field(default_factory=list)
    turns: list[dict[str, Any]] = field(default_factory=list)

    @property
    def told(self) -> list[tuple[float, int]]:
        """When each fact was told that was asked for in time, by number."""
        found: list[tuple[float, int]] = []
        asked_at = 0.0
        for exchange in self.exchanges:
            if asked_at < self.budget:
                found += [(exchange.at, n) for n in exchange.outcome.facts]
            asked_at = exchange.at
        return found

    @property
    def name(self) -> str:
        return f"{self.sheet.id}-{self.sheet.kind}-{self.sheet.verbosity}-{self.simulator}"


def settled(record: Record, person: Participant) -> Record:
    """What the participant knows of how it went."""
    record.exchanges = person.exchanges
    record.seconds = person.clock
    record.walked = person.gone
    record.contaminated = person.mood.contaminated
    return record


def recall(sheet: Sheet, told: list[int], levels: range = range(4)) -> float | None:
    """Share of the weight of what could be told; None where there was nothing of such levels."""
    whole = sum(f.weight for f in sheet.facts if f.level in levels)
    got = sum(sheet.facts[n].weight for n in told if sheet.facts[n].level in levels)
    return got / whole if whole else None


def recalled(record: Record) -> float:
    """What was learned in time of all that could be told."""
    return recall(record.sheet, [n for _, n in record.told]) or 0.0


def area(sheet: Sheet, told: list[tuple[float, int]], budget: float) -> float:
    """Mean recall over the time budget: what is told early counts for longer."""
    gained = sum(sheet.facts[n].weight * max(0.0, budget - at) for at, n in told)
    return gained / (budget * sheet.total)
