"""The shapes of what interviews come to. These classes are the answer of the API, field by field."""

from dataclasses import asdict, dataclass
from typing import Any

from interviewrelay.analysis.per_question import Moods
from interviewrelay.core import conversation
from interviewrelay.insights import campaign_insights, session_summary
from interviewrelay.insights.campaign_insights import Quote

Shape = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Feeling:
    """Moods of answers: their mean from -1 to 1 (null of none), and how many of each label."""

    score: float | None
    answers: int
    labels: dict[conversation.Sentiment, int]


@dataclass(frozen=True, slots=True)
class Theme:
    """`sessions` counts people, `mentions` every time; `sentiment` is that of the answers with it."""

    label: str
    sessions: int
    mentions: int
    sentiment: Feeling
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Sessions:
    """By status; `ended_early` are those of the completed ones that are not complete."""

    completed: int
    abandoned: int
    in_progress: int
    failed: int
    ended_early: int


@dataclass(frozen=True, slots=True)
class OfQuestion:
    question_id: str
    text: str
    sentiment: Feeling


@dataclass(frozen=True, slots=True)
class DropOff:
    """Sessions, as `analysis.by_question.Question` counts them."""

    question_id: str
    text: str
    reached: int
    answered: int
    skipped: int
    stopped_here: int
    ended_here: int
    not_asked: int


@dataclass(frozen=True, slots=True)
class Insights:
    """`GET /api/campaigns/:id/insights`. `is_capped`: there are older sessions that were not read."""

    campaign_id: str
    sessions_read: int
    is_capped: bool
    sessions: Sessions
    sentiment: Feeling
    themes: list[Theme]
    sentiment_by_question: list[OfQuestion]
    drop_off_by_question: list[DropOff]


def campaign(value: campaign_insights.Insights) -> Shape:
    made = Insights(
        campaign_id=value.campaign_id,
        sessions_read=sum(value.sessions.values()),
        is_capped=value.is_capped,
        sessions=Sessions(**value.sessions, ended_early=value.ended_early),
        sentiment=_feeling(value.moods),
        themes=[
            Theme(t.label, t.sessions, t.mentions, _feeling(t.moods), t.quotes)
            for t in value.themes
        ],
        sentiment_by_question=[
            OfQuestion(question.id, question.text, _feeling(count.moods))
            for question, count in value.questions
        ],
        drop_off_by_question=[
            DropOff(
                question_id=question.id,
                text=question.text,
                reached=count.reached,
                answered=count.answered,
                skipped=count.skipped,
                stopped_here=count.stopped_here,
                ended_here=count.ended_here,
                not_asked=count.not_asked,
            )
            for question, count in value.questions
        ],
    )
    return asdict(made)


def digest(value: session_summary.Digest) -> Shape:
    """`summary` and `themes` of a session."""
    return asdict(value)


def _feeling(moods: Moods) -> Feeling:
    return Feeling(moods.score, moods.answers, moods.count())
