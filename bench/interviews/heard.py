"""Interpretation of a question by a simulated participant."""

from dataclasses import dataclass, field

OPEN = "open"
NEED = "need"
ANCHORED = "anchored"
CONTINUER = "continuer"
CLOSED = "closed"
DOUBLE = "double"
DUMP = "dump"
LEADING = "leading"
OPTION = "option"
RECAP = "recap"
CLOSING = "closing"
OFFER = "offer"
NOTHING = "nothing"
"""Kinds of questions: `open` is a whole topic, `need` one learning goal, `anchored` something
said before, an `offer` is to stop or skip, `nothing` isn't a question, a `dump` can't be
followed.
"""


@dataclass(frozen=True, slots=True)
class Heard:
    """Interpretation: `topic`, `need` and `anchor` (a fact) are numbers, -1 for none. For a
    double question they belong to the last part, and `locked` is the goal of the first. `lead`
    is a false claim in the question.
    """

    kind: str
    topic: int = -1
    need: int = -1
    anchor: int = -1
    types: frozenset[str] = field(default_factory=frozenset)
    locked: int = -1
    lead: int = -1
    text: str = ""

    @property
    def pressing(self) -> bool:
        return self.kind in (LEADING, OPTION, DOUBLE, DUMP)
