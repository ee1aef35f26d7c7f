"""Session summary: summary and themes of one interview, computed from its turns at each call."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from interviewrelay.analysis import clusters, quotes, summary, superseded
from interviewrelay.analysis.clause_table import Answer
from interviewrelay.analysis.clusters import Cluster
from interviewrelay.core.db.session import db
from interviewrelay.insights import campaign_insights
from interviewrelay.insights.campaign_insights import Quote
from interviewrelay.interviewer.guide import build_guide
from interviewrelay.interviewer.understanding import redaction_wishes
from interviewrelay.models import Campaign, Interview, ScriptVersion, TurnRow

MOST_THEMES: Final = 5


@dataclass(frozen=True, slots=True)
class SessionTheme:
    """Recurring topic of one participant, mentioned in at least two answers (`answers`)."""

    label: str
    answers: int
    mentions: int
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """Session summary in the participant's own sentences; None if nothing was told."""

    summary: str | None
    themes: tuple[SessionTheme, ...]


def get_session_summary(interview: Interview, rows: Sequence[TurnRow]) -> SessionSummary:
    """Summary as of now; `rows` are its turns."""
    language = interview.language
    turns = {turn.id: turn for turn in rows}
    gone = superseded.find_superseded(turns.values())
    texts = superseded.build_current_texts(turns.values(), gone)
    names = quotes.find_hidden_names(turn.reading for turn in rows)
    told = [
        Answer(
            turn.id,
            turn.id,
            texts.get(turn.id, turn.text),
            language,
            line.told,
            turn.quotable,
            names,
        )
        for turn in turns.values()
        if (line := campaign_insights.build_counted_turn(turn, language)).told is not None
    ]
    said = [
        summary.SummaryAnswer(a.text, turns[a.turn_id].question_id, abs(a.mood.score))
        for a in told
        if a.quotable
    ]
    found = (
        clusters.find_clusters(told, _own_words(interview), most=MOST_THEMES) if told else ()
    )
    told_in_short = summary.build_summary(said, language)
    return SessionSummary(
        redaction_wishes.redact_names(told_in_short, names) if told_in_short else None,
        tuple(_told(found, turns, language, texts, names)),
    )


def _own_words(interview: Interview) -> dict[str, frozenset[str]]:
    document = db.session.execute(
        select(ScriptVersion.document)
        .join(Campaign, Campaign.version_id == ScriptVersion.id)
        .where(Campaign.id == interview.campaign_id)
    ).scalar_one()
    return campaign_insights.get_script_words(build_guide(document), {interview.language})


def _told(
    found: Sequence[Cluster],
    turns: Mapping[str, TurnRow],
    language: str,
    texts: Mapping[str, str],
    names: frozenset[str],
) -> Iterator[SessionTheme]:
    for theme in found:
        quoted = tuple(
            campaign_insights.cut_quotes(
                theme.quotes,
                turns,
                dict.fromkeys(turns, language),
                texts,
                dict.fromkeys((turn.interview_id for turn in turns.values()), names),
            )
        )
        yield SessionTheme(theme.label, theme.groups, theme.mentions, quoted)
