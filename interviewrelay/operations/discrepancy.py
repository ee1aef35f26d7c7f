"""What a counter says, and what its rows come to."""

from typing import NamedTuple


class Difference(NamedTuple):
    """Of a campaign or an organization."""

    place: str
    what: str
    real: int
    told: int
