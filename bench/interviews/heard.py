"""What a simulated participant makes of a question."""

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
"""`open` is a topic at large, `need` one matter, `anchored` something said before; an `offer` is to
stop or skip, `nothing` no question at all, a `dump` one that nobody could follow."""


@dataclass(frozen=True, slots=True)
class Heard:
    """`topic`, `need` and `anchor` (a fact) are numbers, -1 for none; of a double question they are
    those of its last part, and `locked` is the need of the first. `lead` is a false claim put to them.
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
