"""Closeness in meaning."""

from collections.abc import Sequence
from typing import Protocol


class Meaning(Protocol):
    """Tells how close texts are in meaning, on this machine."""

    @property
    def name(self) -> str:
        """The name of what it goes by."""
        ...

    @property
    def languages(self) -> frozenset[str]:
        """The languages that it knows, such as `en`."""
        ...

    def closeness(self, said: str, texts: Sequence[str]) -> Sequence[float] | None:
        """The cosine, -1 to 1, of what somebody said with each of these texts of the author.

        None when it cannot tell; never raises. What was said is not kept, the author's texts may be.
        """
        ...
