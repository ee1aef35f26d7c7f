"""Record of an interview."""

from dataclasses import dataclass, field
from typing import Any

from bench.interviews.participant import Exchange, Participant
from bench.interviews.sheets import Sheet


@dataclass(slots=True)
class Record:
    """Record: `completed` if the interviewer closed it, `walked` if the participant's patience
    was over, `lost` counts confirmed answers that are missing or different, `faults` are
    responses outside the contract, `turns` is the stored transcript.
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
        """Numbers of the facts told."""
        return {n for exchange in self.exchanges for n in exchange.outcome.facts}

    @property
    def name(self) -> str:
        return f"{self.sheet.id}-{self.sheet.kind}-{self.sheet.verbosity}"


def settled(record: Record, person: Participant) -> Record:
    """Record with what the participant knows: exchanges, seconds, whether they left."""
    record.exchanges = person.exchanges
    record.seconds = person.clock
    record.walked = person.gone
    return record
