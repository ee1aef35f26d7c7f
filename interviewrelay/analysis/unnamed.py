"""Names that a participant asked to leave out of quotes."""

from collections.abc import Collection, Iterable, Mapping

from interviewrelay.interviewer.understanding import redaction_wishes, response


def find_names(readings: Iterable[Mapping[str, object] | None]) -> frozenset[str]:
    """The words of such names, plain; `readings` are those of the answers of one session."""
    senses = map(response.sense_of, readings)
    return frozenset(name for sense in senses if sense for name in sense.unnamed)


def without(text: str, names: Collection[str]) -> str:
    """A quote with "…" where such a name stands; all else word for word."""
    return redaction_wishes.without_names(text, names)
