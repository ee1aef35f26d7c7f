"""Discrepancy between a counter and its rows."""

from typing import NamedTuple


class Discrepancy(NamedTuple):
    """Difference for a campaign or an organization."""

    place: str
    what: str
    real: int
    told: int
