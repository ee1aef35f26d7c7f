"""API representations of insights and session summaries."""

from dataclasses import asdict
from typing import Any, Final

from interviewrelay.core import conversation
from interviewrelay.core.representation import (
    CAMPAIGN_ID,
    SESSION_ID,
    Representation,
    Shape,
    field,
)
from interviewrelay.insights.campaign_insights import Quote

_QUOTE: Final[Shape] = {
    "session_id": SESSION_ID,
    "turn_id": "dd0e8400-e29b-41d4-a716-446655440008",
    "turn_number": 2,
    "question_id": "q1",
    "start": 0,
    "end": 21,
    "text": "Hi, happy to be here.",
    "sentiment": "positive",
}
_FIRST: Final = "How did the first week go?"


class Feeling(Representation):
    """Sentiment of answers: the mean from -1 to 1 of those that are not `unsure` (null without any),
    and a count per label.
    """

    score: float | None = field(example=0.57)
    answers: int = field(example=1)
    labels: dict[conversation.Sentiment, int] = field(
        lambda moods: moods.count(),
        example={"positive": 1, "neutral": 0, "negative": 0, "mixed": 0, "unsure": 0},
    )


class Theme(Representation):
    """Statement of several people: `label` is the clause of one participant that stands for all.
    `sessions` counts people, `mentions` counts every mention. `sentiment` covers those answers.
    """

    label: str = field(example="happy to be here")
    sessions: int = field(example=1)
    mentions: int = field(example=1)
    sentiment: Feeling = field("moods")
    quotes: list[Quote] = field(
        lambda theme: [asdict(quote) for quote in theme.quotes], example=[_QUOTE]
    )


class Sessions(Representation):
    """Sessions by status. `ended_early` counts completed sessions in which `complete` is false."""

    completed: int = field(example=1)
    abandoned: int
    in_progress: int
    failed: int
    ended_early: int


class OfQuestion(Representation):
    question_id: str = field(lambda pair: pair[0].id, example="q1")
    text: str = field(lambda pair: pair[0].text, example=_FIRST)
    sentiment: Feeling = field(lambda pair: pair[1].moods)


def _count(name: str, example: int = 0) -> Any:
    return field(lambda pair: getattr(pair[1], name), example=example)


class DropOff(Representation):
    """Number of sessions by the outcome of the question."""

    question_id: str = field(lambda pair: pair[0].id, example="q1")
    text: str = field(lambda pair: pair[0].text, example=_FIRST)
    reached: int = _count("reached", 1)
    answered: int = _count("answered", 1)
    skipped: int = _count("skipped")
    stopped_here: int = _count("stopped_here")
    ended_here: int = _count("ended_here")
    not_asked: int = _count("not_asked")


class CampaignInsights(Representation):
    """Insights of a campaign. If `is_capped` is true, older sessions are not included."""

    campaign_id: str = field(example=CAMPAIGN_ID)
    sessions_read: int = field(lambda value: sum(value.sessions.values()), example=1)
    is_capped: bool
    sessions: Sessions = field(
        lambda value: {**value.sessions, "ended_early": value.ended_early}
    )
    sentiment: Feeling = field("moods")
    themes: list[Theme]
    sentiment_by_question: list[OfQuestion] = field("questions")
    drop_off_by_question: list[DropOff] = field("questions")
