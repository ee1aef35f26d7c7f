"""Measures of an interview: duration and sentiment."""

from interviewrelay.analysis import sentiment
from interviewrelay.interviews import state
from interviewrelay.models import Interview, TurnRow


def get_duration_seconds(interview: Interview) -> int:
    """Duration in whole seconds; of an interview in progress, until its last answer."""
    if interview.duration_seconds is not None:
        return interview.duration_seconds
    return int(state.get_elapsed_seconds(interview, interview.last_at))


def get_mood(
    interview: Interview, rows: tuple[TurnRow, ...] | None = None
) -> dict[str, object]:
    """Sentiment `{label, score}` of the participant, as stored at the end or as of now."""
    if interview.sentiment_label is not None:
        return {"label": interview.sentiment_label, "score": interview.sentiment_score}
    rows = state.list_turns(interview) if rows is None else rows
    felt = sentiment.score_turns(state.list_answers(rows), interview.language)
    return {"label": felt.label, "score": felt.score}
