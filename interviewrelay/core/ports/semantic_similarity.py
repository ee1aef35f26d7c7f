"""Semantic similarity port."""

from collections.abc import Sequence
from typing import Protocol


class SemanticSimilarity(Protocol):
    """Semantic similarity of texts, computed on this machine."""

    name: str
    """Name of the embedding model."""
    languages: frozenset[str]
    """Supported language codes, such as `en`."""

    def similarities(self, said: str, texts: Sequence[str]) -> Sequence[float] | None:
        """Cosine similarity, -1 to 1, of an answer with each of the author's texts.

        None when unavailable; never raises. Answers are not cached, the author's texts may be.
        """
