"""Reply of a transcription service: checked, with times and confidence where it tells them."""

import json
import math
from collections.abc import Sequence
from typing import Any, Final

from interviewrelay.core.ports.speech import Transcription, Word

MOST_WORDS: Final = 20_000


def read_transcription(body: bytes, form: str, seconds: float) -> Transcription | None:
    """Transcription of a sound of so many seconds, from a reply in `form`: `verbose_json`, `json` or
    `text`. None if the reply holds none.
    """
    if form == "text":
        try:
            return Transcription(" ".join(body.decode().split()))
        except UnicodeDecodeError:
            return None
    try:
        told = json.loads(body)
        text = told["text"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if not isinstance(text, str):
        return None
    text = " ".join(text.split())
    if not text:
        return Transcription("")
    segments = [part for part in _list(told, "segments") if isinstance(part, dict)]
    nested = (word for part in segments for word in _list(part, "words"))
    listed = _list(told, "words") or list(nested)
    return Transcription(
        text, _mean_confidence(listed, segments), _read_words(listed, segments, seconds)
    )


def _read_words(
    told: Sequence[Any], segments: Sequence[dict[str, Any]], seconds: float
) -> tuple[Word, ...]:
    """Words in their order; none at all if any is not one, since times must be right or absent."""
    words: list[Word] = []
    after = 0.0
    for one in told[:MOST_WORDS]:
        text = one.get("word") if isinstance(one, dict) else None
        start, end = (_number(one, name) for name in ("start", "end")) if text else (None, None)
        if not isinstance(text, str) or start is None or end is None or end < start:
            return ()
        start, end = (min(max(time, after), seconds) for time in (start, end))
        sure = _number(one, "probability")
        if sure is None:
            sure = _segment_confidence(segments, (start + end) / 2)
        words.append(Word(text.strip(), start, end, 1.0 if sure is None else _share(sure)))
        after = end
    return tuple(words)


def _segment_confidence(segments: Sequence[dict[str, Any]], at: float) -> float | None:
    """Mean confidence of the segment at a time, in seconds."""
    for part in segments:
        start, end = _number(part, "start"), _number(part, "end")
        if start is not None and end is not None and start <= at <= end:
            return _confidence(part)
    return None


def _confidence(segment: dict[str, Any]) -> float | None:
    told = _number(segment, "avg_logprob")
    return None if told is None else _share(math.exp(min(told, 0.0)))


def _mean_confidence(words: Sequence[Any], segments: Sequence[dict[str, Any]]) -> float | None:
    """Mean of the words, or else of the segments; None where neither has any."""
    sure = [_number(one, "probability") for one in words if isinstance(one, dict)]
    found = [_share(one) for one in sure if one is not None]
    if not found:
        found = [one for part in segments if (one := _confidence(part)) is not None]
    return round(sum(found) / len(found), 3) if found else None


def _list(told: dict[str, Any], name: str) -> list[Any]:
    found = told.get(name)
    return found if isinstance(found, list) else []


def _number(told: dict[str, Any], name: str) -> float | None:
    found = told.get(name)
    good = isinstance(found, int | float) and math.isfinite(found)
    return float(found) if good and found is not None else None


def _share(value: float) -> float:
    return round(min(1.0, max(0.0, value)), 3)
