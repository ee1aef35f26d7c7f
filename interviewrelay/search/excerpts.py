"""Search excerpts around the words found, and the languages in use."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select

from interviewrelay.analysis import highlighting, search_terms
from interviewrelay.analysis.highlighting import TextPiece
from interviewrelay.core.actor import Actor
from interviewrelay.core.db.session import db
from interviewrelay.models import Interview, TurnRow

CHUNK: Final = 500
MOST_LANGUAGES: Final = 50


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Excerpt of the first answer that matches the whole query."""

    turn_number: int
    language: str
    pieces: Sequence[TextPiece]


def get_excerpts(ids: Collection[str], q: str) -> dict[str, Excerpt]:
    """Excerpts by session, in one statement."""
    phrases = search_terms.parse_phrases(q)
    found: dict[str, Excerpt] = {}
    if not phrases or not ids:
        return found
    answers = (
        select(TurnRow.interview_id, TurnRow.number, TurnRow.text, Interview.language)
        .join(Interview, Interview.id == TurnRow.interview_id)
        .where(TurnRow.interview_id.in_(ids), TurnRow.speaker == "participant")
        .order_by(TurnRow.interview_id, TurnRow.number)
        .execution_options(yield_per=CHUNK)
    )
    with db.session.execute(answers) as rows:
        for session_id, number, text, language in rows:
            if session_id not in found and highlighting.contains_all(text, phrases):
                found[session_id] = Excerpt(
                    number, language, highlighting.build_excerpt(text, phrases)
                )
    return found


def list_languages(actor: Actor) -> list[str]:
    """Languages of an organization's sessions, with one index look-up each."""
    mine = Interview.org_id == actor.org_id
    known = select(func.min(Interview.language).label("language")).where(mine)
    walked = known.cte("known", recursive=True)
    following = (
        select(func.min(Interview.language))
        .where(mine, Interview.language > walked.c.language)
        .scalar_subquery()
    )
    walked = walked.union_all(select(following).where(walked.c.language.is_not(None)))
    query = select(walked.c.language).where(walked.c.language.is_not(None))
    return list(db.session.execute(query.limit(MOST_LANGUAGES)).scalars())
