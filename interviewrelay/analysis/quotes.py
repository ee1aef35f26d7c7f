"""Quotes: spans of a text around a statement, verbatim.

Spans are positions in Unicode code points, so that `text[start:end]` is the quote.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from interviewrelay.analysis import stemming
from interviewrelay.analysis.stemming import BREAK, END, StemmedWord
from interviewrelay.interviewer.understanding import response

SHORTEST: Final = 60
"""Characters; a shorter sentence takes its neighbour along."""
LONGEST: Final = 240

_SENTENCE: Final = re.compile(
    r"\S(?:[^\n\r.!?…؟。！？]|[.!?…](?![\s\"'”’»)]|$))*[.!?…؟。！？]*[\"'”’»)]*"
)


class Span(NamedTuple):
    start: int
    end: int


def widen_span(text: str, language: str, span: Span) -> Span:
    """The whole sentence around a span; of a long one the part around it."""
    spans = split_sentences(text)
    here = [n for n, s in enumerate(spans) if s.start < span.end and s.end > span.start]
    if not here:
        return span
    first, last = here[0], here[-1]
    start, end = spans[first].start, spans[last].end
    if end - start > LONGEST:
        return _cut(list(stemming.stem_words(text, language)), span, Span(start, end))
    if end - start < SHORTEST and last + 1 < len(spans):
        longer = Span(start, spans[last + 1].end)
    elif end - start < SHORTEST and first > 0:
        longer = Span(spans[first - 1].start, end)
    else:
        return Span(start, end)
    return longer if longer.end - longer.start <= LONGEST else Span(start, end)


def find_hidden_names(readings: Iterable[Mapping[str, object] | None]) -> frozenset[str]:
    """Words of names that a participant asked to leave out of quotes, normalized; `readings` are
    those of one session's answers.
    """
    senses = map(response.parse_interpretation, readings)
    return frozenset(name for sense in senses if sense for name in sense.unnamed)


def split_sentences(text: str) -> list[Span]:
    """Sentences of a text, without surrounding blanks."""
    found = (match.span() for match in _SENTENCE.finditer(text))
    return [Span(start, start + len(text[start:end].rstrip())) for start, end in found]


def _cut(words: Sequence[StemmedWord], place: Span, whole: Span) -> Span:
    """Part of a long sentence around these words."""
    room = max(0, LONGEST - (place.end - place.start)) // 2
    plain = [w for w in words if w.key not in (BREAK, END)]
    starts = [w.start for w in plain if max(whole.start, place.start - room) <= w.start]
    ends = [w.end for w in plain if w.end <= min(whole.end, place.end + room)]
    return Span(min([*starts, place.start]), max([*ends, place.end]))
