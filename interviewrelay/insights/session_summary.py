"""Session summary: summary and themes of one interview, computed from its turns at each call."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from interviewrelay.analysis import summary, superseded, themes, unnamed
from interviewrelay.analysis.vocabulary import Answer
from interviewrelay.core.db.session import db
from interviewrelay.insights import campaign_insights
from interviewrelay.insights.campaign_insights import Quote
from interviewrelay.interviewer.guide import guide_of
from interviewrelay.models import Campaign, Interview, ScriptVersion, TurnRow

MOST_THEMES: Final = 5


@dataclass(frozen=True, slots=True)
class OwnTheme:
    """Recurring theme of one person: `answers` with it, at least two."""

    label: str
    answers: int
    mentions: int
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """Session summary in the participant's own sentences; None if nothing was told."""

    summary: str | None
    themes: tuple[OwnTheme, ...]


def of_session(interview: Interview, rows: Sequence[TurnRow]) -> Digest:
    """Summary as of now; `rows` are its turns."""
    language = interview.language
    turns = {turn.id: turn for turn in rows}
    gone = superseded.of_turns(turns.values())
    texts = superseded.standing(turns.values(), gone)
    told = [
        Answer(turn.id, turn.id, texts.get(turn.id, turn.text), language, line.told)
        for turn in turns.values()
        if (line := campaign_insights.line_of(turn, language)).told is not None
    ]
    said = [
        summary.Said(a.text, turns[a.turn_id].question_id, abs(a.mood.score))
        for a in told
        if turns[a.turn_id].quotable
    ]
    names = unnamed.find_names(turn.reading for turn in rows)
    found = themes.find(told, _own_words(interview), most=MOST_THEMES) if told else ()
    told_in_short = summary.of(said, language)
    return Digest(
        unnamed.without(told_in_short, names) if told_in_short else None,
        tuple(_told(found, turns, language, texts, names)),
    )


def _own_words(interview: Interview) -> dict[str, frozenset[str]]:
    document = db.session.execute(
        select(ScriptVersion.document)
        .join(Campaign, Campaign.version_id == ScriptVersion.id)
        .where(Campaign.id == interview.campaign_id)
    ).scalar_one()
    return campaign_insights.own_words(guide_of(document), {interview.language})


def _told(
    found: Sequence[themes.Theme],
    turns: Mapping[str, TurnRow],
    language: str,
    texts: Mapping[str, str],
    names: frozenset[str],
) -> Iterator[OwnTheme]:
    for theme in found:
        quoted = tuple(
            campaign_insights.cut(
                theme,
                turns,
                dict.fromkeys(turns, language),
                texts,
                dict.fromkeys((turn.interview_id for turn in turns.values()), names),
            )
        )
        yield OwnTheme(theme.label, theme.groups, theme.mentions, quoted)
