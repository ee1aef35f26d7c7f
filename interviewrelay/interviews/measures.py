"""Measures of an interview: duration and sentiment."""

from interviewrelay.analysis import sentiment
from interviewrelay.interviews import state
from interviewrelay.models import Interview, TurnRow


def lasted(interview: Interview) -> int:
    """Duration in whole seconds; of an interview in progress, until its last answer."""
    if interview.duration_seconds is not None:
        return interview.duration_seconds
    return int(state.elapsed(interview, interview.last_at))


def mood(interview: Interview, rows: tuple[TurnRow, ...] | None = None) -> dict[str, object]:
    """Sentiment `{label, score}` of the participant, as stored at the end or as of now."""
    if interview.sentiment_label is not None:
        return {"label": interview.sentiment_label, "score": interview.sentiment_score}
    rows = state.turns_of(interview) if rows is None else rows
    felt = sentiment.of_turns(state.spoken(rows), interview.language)
    return {"label": felt.label, "score": felt.score}
