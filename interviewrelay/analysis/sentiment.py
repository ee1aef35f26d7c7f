"""Sentiment of an answer: shown as positive or negative only where it is sure, else `unsure`."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from interviewrelay.analysis.polarity.judgements import SURE, Judgements, collect_judgements
from interviewrelay.analysis.polarity.polarity_lexicon import load_lexicon
from interviewrelay.core.conversation import Sentiment
from interviewrelay.interviewer.acts.act_detection import detect_acts
from interviewrelay.interviewer.text.tokenization import get_base_language

CLEARLY: Final = 3
"""Positive answers for each negative one, from which an interview is positive; the same the other way
round.
"""
PRAISED_IN: Final = 12
BLAMED_IN: Final = 25
"""Words of a text up to which one word that is neither strong nor a phrase is enough."""
OFTEN: Final = 4
"""Blame that a "but" with nothing after it does not put in doubt."""
_SCALE: Final = 15.0
"""Flattens the sum of weights, so that many approach 1."""


@dataclass(frozen=True, slots=True)
class SentimentScore:
    """Sentiment reading: a label, and a score from -1 (negative) to 1 (positive) with four decimals.
    The score of `unsure` is 0 and counts nowhere.
    """

    label: Sentiment
    score: float


NEUTRAL: Final = SentimentScore("neutral", 0.0)
UNSURE: Final = SentimentScore("unsure", 0.0)


def score_text(
    text: str, language: str = "en", *, telling: bool | None = None
) -> SentimentScore:
    """Sentiment of one answer. `language` is a tag such as `en` or `nl-BE`; `telling` is the value
    in `acts.act_detection.DetectedActs` if the text was analysed already.

    Neutral without any word that judges, unsure in a language without a lexicon. Never raises.
    """
    if not (detect_acts(text, language).tells_something if telling is None else telling):
        return NEUTRAL
    lexicon = load_lexicon(get_base_language(language))
    if lexicon is None:
        return UNSURE if text.strip() else NEUTRAL
    return _decide(collect_judgements(text, lexicon))


def score_turns(texts: Sequence[str], language: str) -> SentimentScore:
    """Sentiment of an interview from its answers, in any order."""
    return average_scores([score_text(text, language) for text in texts])


def average_scores(readings: Sequence[SentimentScore]) -> SentimentScore:
    """Sentiment of an interview from its answers, in any order: positive or negative if the answers
    that are sure say so clearly, `mixed` if they say both. The score is the mean of all that are not
    unsure.
    """
    sure = [reading for reading in readings if reading.label != "unsure"]
    if not sure:
        return UNSURE if readings else NEUTRAL
    score = round(sum(reading.score for reading in sure) / len(sure), 4) + 0.0
    labels = [reading.label for reading in sure]
    good, bad, torn = (labels.count(name) for name in ("positive", "negative", "mixed"))
    if good > max(torn, CLEARLY * bad - 1):
        return SentimentScore("positive", score)
    if bad > max(torn, CLEARLY * good - 1):
        return SentimentScore("negative", score)
    if good or bad or torn:
        return SentimentScore("mixed", score)
    return NEUTRAL if 2 * len(sure) >= len(readings) else UNSURE


def _decide(found: Judgements) -> SentimentScore:
    """Label for the judgements of a text. What speaks against it must be slight."""
    good, bad = 0 if found.ironic else found.good, found.bad
    if good and bad:
        return SentimentScore("mixed", _flatten(good - bad))
    praised = good >= SURE + (found.words > PRAISED_IN) and not found.open_contrast
    if praised and 2 * found.maybe_bad < good:
        return SentimentScore("positive", _flatten(good))
    blamed = bad >= SURE + (found.words > BLAMED_IN)
    blamed = blamed and (bad >= OFTEN or not found.open_contrast)
    if blamed and found.maybe_good <= bad // SURE:
        return SentimentScore("negative", _flatten(-bad))
    doubts = found.maybe_good + found.maybe_bad
    silent = not (found.good or bad or found.ironic) and doubts == found.hints <= 1
    return NEUTRAL if silent else UNSURE


def _flatten(total: int) -> float:
    return round(total / sqrt(total * total + _SCALE), 4)
