"""Unnamed: names that a participant asked to leave out of quotes."""

from collections.abc import Collection, Iterable, Mapping

from interviewrelay.interviewer.understanding import redaction_wishes, response


def find_names(readings: Iterable[Mapping[str, object] | None]) -> frozenset[str]:
    """Words of such names, normalized; `readings` are those of one session's answers."""
    senses = map(response.parse_interpretation, readings)
    return frozenset(name for sense in senses if sense for name in sense.unnamed)


def redact_names(text: str, names: Collection[str]) -> str:
    """Quote with "…" in place of such names, otherwise verbatim."""
    return redaction_wishes.redact_names(text, names)
