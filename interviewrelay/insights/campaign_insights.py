"""Campaign insights: themes with quotes, sentiment, and drop-off.

Computed from the stored rows at each call and not cached, so erased data never remains. Test
sessions are left out. The newest sessions are read, up to a limit that the result states.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, case, false, literal, select, tuple_

from interviewrelay.analysis import (
    clusters,
    per_question,
    quotes,
    sentiment,
    stemming,
    superseded,
)
from interviewrelay.analysis.clause_table import Answer, Member
from interviewrelay.analysis.clusters import Cluster
from interviewrelay.analysis.per_question import CountedTurn, QuestionCounts, SentimentCounts
from interviewrelay.analysis.quotes import Span
from interviewrelay.core.conversation import Sentiment
from interviewrelay.core.db.session import db
from interviewrelay.interviewer import acts, guide
from interviewrelay.interviewer.acts.act_detection import detect_acts
from interviewrelay.interviewer.understanding import reading as readings, redaction_wishes
from interviewrelay.interviews import state
from interviewrelay.models import Campaign, Interview, TurnRow

MOST_SESSIONS: Final = 500
"""Maximum sessions, as many as the campaign's page reads for drop-off."""
MOST_CHARACTERS: Final = 2_000_000
"""Maximum characters of answers; no session is read after the one that reaches it."""
CHUNK: Final = 1_000
"""Turns read at a time."""
QUOTES: Final = 3
STATUSES: Final = ("completed", "abandoned", "in_progress", "failed")


@dataclass(frozen=True, slots=True)
class Quote:
    """Verbatim quote. `start` and `end` are positions in the turn's text, in Unicode code points."""

    session_id: str
    turn_id: str
    turn_number: int
    question_id: str | None
    start: int
    end: int
    text: str
    sentiment: Sentiment


@dataclass(frozen=True, slots=True)
class Theme:
    label: str
    sessions: int
    mentions: int
    moods: SentimentCounts
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Insights:
    campaign_id: str
    sessions: dict[str, int]
    """Sessions read, by status."""
    ended_early: int
    """Completed sessions among them that ended early."""
    is_capped: bool
    moods: SentimentCounts
    themes: tuple[Theme, ...]
    questions: tuple[tuple[guide.Question, QuestionCounts], ...]
    """Each question of the script with its statistics, in the script's order."""


def get_campaign_insights(campaign: Campaign) -> Insights:
    """Insights with a fixed number of statements and bounded memory."""
    script = state.get_script(campaign)
    newest = _newest(campaign.id)
    held = newest[:MOST_SESSIONS]
    tally = per_question.QuestionTally(question.id for question in script.questions)
    read: list[Any] = []
    texts: dict[str, str] = {}
    names: dict[str, frozenset[str]] = {}
    languages = {row.language for row in held}
    found = clusters.find_clusters(
        _answers(campaign.id, held, tally, read, texts, names),
        get_script_words(script, languages),
    )
    return Insights(
        campaign_id=campaign.id,
        sessions={s: sum(row.status == s for row in read) for s in STATUSES},
        ended_early=sum(row.status == "completed" and row.complete is False for row in read),
        is_capped=len(read) < len(newest),
        moods=tally.moods,
        themes=tuple(_with_quotes(found, texts, names)),
        questions=tuple(
            (question, tally.questions[question.id]) for question in script.questions
        ),
    )


def get_script_words(script: guide.Guide, languages: set[str]) -> dict[str, frozenset[str]]:
    """Words of the script itself, by language, which are no themes. Options count as answers."""
    texts = [
        text
        for question in script.questions
        for text in (
            question.text, *question.rephrase, *question.probes, *(n.ask for n in question.needs)
        )
    ]  # fmt: skip
    return {
        language: frozenset().union(*(stemming.get_stems(text, language) for text in texts))
        for language in languages
    }


def build_counted_turn(turn: Any, language: str) -> CountedTurn:
    """A turn for analysis, with its stored reading if there is one."""
    if turn.speaker == "ai":
        return CountedTurn("ai", turn.question_id)
    reading = readings.parse_analysis(turn.reading)
    heard = reading.acts if reading else detect_acts(turn.text, language).acts
    if turn.skipped or acts.ANSWER not in heard:
        return CountedTurn("participant", turn.question_id, stops=acts.STOP in heard)
    mood = _mood(turn, language)
    return CountedTurn("participant", turn.question_id, mood, stops=acts.STOP in heard)


def _newest(campaign_id: str) -> Sequence[Any]:
    """The newest sessions, and one more if there are more."""
    query = (
        select(
            Interview.id,
            Interview.status,
            Interview.complete,
            Interview.language,
            Interview.started_at,
        )
        .where(Interview.campaign_id == campaign_id, Interview.test == false())
        .order_by(Interview.started_at.desc(), Interview.id.desc())
        .limit(MOST_SESSIONS + 1)
    )
    return db.session.execute(query).all()


def _answers(
    campaign_id: str,
    held: Sequence[Any],
    tally: per_question.QuestionTally,
    read: list[Any],
    texts: dict[str, str],
    names: dict[str, frozenset[str]],
) -> Iterator[Answer]:
    """Valid answers of these sessions.

    Each is counted and added to `read`; the valid rest of corrected answers goes into `texts`, and
    names to leave out of quotes into `names`, by session.
    """
    known = {row.id: row for row in held}
    turns = _turns(campaign_id, held[-1]) if held else iter(())
    characters = 0
    for session_id, group in groupby(turns, attrgetter("interview_id")):
        row = known.get(session_id)
        if row is None:  # started after the sessions were read
            continue
        own = list(group)
        gone, lines = superseded.find_superseded(own), []
        hidden = quotes.find_hidden_names(turn.reading for turn in own)
        if hidden:
            names[session_id] = hidden
        for turn in own:
            line = build_counted_turn(turn, row.language)
            lines.append(line)
            if line.told is not None:
                characters += len(turn.text)
                texts.update(superseded.build_current_texts([turn], gone))
                text = texts.get(turn.id, turn.text)
                yield Answer(
                    row.id, turn.id, text, row.language, line.told, turn.quotable, hidden
                )
        tally.add(row.status, lines)
        read.append(row)
        if characters > MOST_CHARACTERS:
            return


def _turns(campaign_id: str, last: Row[Any]) -> Iterator[Row[Any]]:
    """Turns of the newest sessions up to the last one, in chunks."""
    newest: ColumnElement[bool] = tuple_(Interview.started_at, Interview.id) >= tuple_(
        literal(last.started_at, Interview.started_at.type), literal(last.id)
    )
    query = (
        select(
            TurnRow.interview_id,
            TurnRow.id,
            TurnRow.number,
            TurnRow.speaker,
            TurnRow.question_id,
            case((TurnRow.speaker == "participant", TurnRow.text), else_="").label("text"),
            TurnRow.skipped,
            TurnRow.quotable,
            TurnRow.reading,
            TurnRow.sentiment_label,
            TurnRow.sentiment_score,
        )
        .join(Interview, Interview.id == TurnRow.interview_id)
        .where(Interview.campaign_id == campaign_id, Interview.test == false(), newest)
        .order_by(Interview.started_at.desc(), Interview.id.desc(), TurnRow.number)
        .execution_options(yield_per=CHUNK)
    )
    with db.session.execute(query) as rows:
        yield from rows


def _with_quotes(
    found: Sequence[Cluster],
    texts: Mapping[str, str],
    names: Mapping[str, frozenset[str]],
) -> Iterator[Theme]:
    """Themes with quotes, whose turns are read again."""
    wanted = {quote.turn_id for theme in found for quote in theme.quotes[:QUOTES]}
    rows = db.session.execute(
        select(TurnRow, Interview.language)
        .join(Interview, Interview.id == TurnRow.interview_id)
        .where(TurnRow.id.in_(wanted))
    ).all()
    turns = {turn.id: turn for turn, _ in rows}
    languages = {turn.id: language for turn, language in rows}
    for theme in found:
        yield Theme(
            label=theme.label,
            sessions=theme.groups,
            mentions=theme.mentions,
            moods=per_question.merge_sentiments(theme.moods),
            quotes=tuple(cut_quotes(theme.quotes, turns, languages, texts, names)),
        )


def cut_quotes(
    members: Sequence[Member],
    turns: Mapping[str, TurnRow],
    languages: Mapping[str, str],
    texts: Mapping[str, str],
    names: Mapping[str, frozenset[str]],
) -> Iterator[Quote]:
    """Quotes from the loaded turns; from the valid rest (`texts`) of corrected ones, with "…" for
    `names`, by session.

    Turns that were erased meanwhile, or must not be quoted, are left out.
    """
    for member in members[:QUOTES]:
        turn = turns.get(member.turn_id)
        if turn is None or not turn.quotable:
            continue
        holds = texts.get(turn.id, turn.text)
        span = quotes.widen_span(holds, languages[turn.id], Span(member.start, member.end))
        # A short sentence takes its neighbour along, skipping one that was corrected.
        over = turn.id in texts and "\n\n" in holds[span.start : span.end]
        if not over:
            yield Quote(
                session_id=turn.interview_id,
                turn_id=turn.id,
                turn_number=turn.number,
                question_id=turn.question_id,
                start=span.start,
                end=span.end,
                text=redaction_wishes.redact_names(
                    turn.text[span.start : span.end], names.get(turn.interview_id, frozenset())
                ),
                sentiment=_mood(turn, languages[turn.id]).label,
            )


def _mood(turn: Any, language: str) -> sentiment.SentimentScore:
    """Sentiment as stored, or computed for an answer that is still being processed."""
    if turn.sentiment_label is None:
        return sentiment.score_text(turn.text, language)
    return sentiment.SentimentScore(turn.sentiment_label, turn.sentiment_score)
