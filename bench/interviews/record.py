"""An interview as it went."""

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
    budget: float
    exchanges: list[Exchange] = field(default_factory=list)
    seconds: float = 0.0
    completed: bool = False
    walked: bool = False
    closing: str = ""
    lost: int = 0
    faults: list[str] = field(default_factory=list)
    turns: list[dict[str, Any]] = field(default_factory=list)

    @property
    def told(self) -> set[int]:
        """The numbers of the facts that were told."""
        return {n for exchange in self.exchanges for n in exchange.outcome.facts}

    @property
    def name(self) -> str:
        return f"{self.sheet.id}-{self.sheet.kind}-{self.sheet.verbosity}"


def settled(record: Record, person: Participant) -> Record:
    """What the participant knows of how it went."""
    record.exchanges = person.exchanges
    record.seconds = person.clock
    record.walked = person.gone
    return record
