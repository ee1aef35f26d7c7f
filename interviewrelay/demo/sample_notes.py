"""Demonstration notes on the demonstration interviews."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from interviewrelay.core.actor import Actor
from interviewrelay.core.db.session import db
from interviewrelay.models import TurnRow
from interviewrelay.notes import notes

QUOTED: Final = (
    (
        "knowing how many people are before you is all one needs",
        "Not the wait itself: not knowing how long. The clearest words for it so far.",
        "waiting, information",
    ),
    (
        "the receptionist told us that the doctor was late",
        "The same half hour, and nobody minded: somebody said why.",
        "waiting, information",
    ),
    ("the signs still point to the old building", "", "signs"),
    (
        "I did not dare to ask what the new tablets are for",
        "Ask in the next round what would make it easier to ask.",
        "talking with the doctor",
    ),
)
WHOLE: Final = (
    "Read this one in full: all that the study asks about comes up.",
    "good example",
)


def write_notes(actor: Actor, session_ids: Sequence[str]) -> None:
    """Write the notes on those of these sessions that contain their quotes, and one on the whole of
    the first.
    """
    text, tags = WHOLE
    notes.add_note(actor, session_ids[0], notes.NoteDraft(text, tags))
    said = select(TurnRow.interview_id, TurnRow.number, TurnRow.text).where(
        TurnRow.interview_id.in_(session_ids), TurnRow.speaker == "participant"
    )
    turns = db.session.execute(said.order_by(TurnRow.interview_id, TurnRow.number)).all()
    for words, text, tags in QUOTED:
        for session_id, number, answer in turns:
            if words in answer:
                notes.add_note(actor, session_id, notes.NoteDraft(text, tags, number, words))
                break
