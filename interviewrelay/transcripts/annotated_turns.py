"""Annotated turns of a session for members: with search hits and notes."""

from collections.abc import Sequence
from typing import Any, Final

from interviewrelay.analysis import highlighting, search_terms
from interviewrelay.core.actor import Actor
from interviewrelay.interviews import measures
from interviewrelay.models import Interview, TurnRow
from interviewrelay.notes import notes, representation as note_representation
from interviewrelay.recordings import heard_answers, session_recording
from interviewrelay.transcripts import representation, transcripts

Shape = dict[str, Any]

NOT_HEARD: Final = heard_answers.HeardAnswer()


def build_live_state(
    actor: Actor, interview: Interview, rows: Sequence[TurnRow], q: str = ""
) -> Shape:
    """Live state of a session, for the part of its page that refreshes: `turns`, each with `pieces`
    and `notes`; the `notes` on the whole interview; the numbers of answers with search hits,
    `found`; and where it stands.
    """
    held = notes.list_session_notes(interview)
    noted = note_representation.group_by_turn(actor, held, rows)
    phrases = search_terms.parse_phrases(q)
    layout = session_recording.get_layout(interview)
    conversation = transcripts.build_conversation(
        interview, rows, layout, transcripts.find_confidences(interview, layout)
    )
    shapes = representation.Transcript.read(conversation)["turns"]
    heard = heard_answers.find_heard_answers(interview, rows)
    for shape, row in zip(shapes, rows, strict=True):
        sought = phrases if row.speaker == "participant" else []
        found = highlighting.find_spans(row.text, sought)
        answer = heard.get(row.number, NOT_HEARD)
        spans = found, notes.list_spans(held, row), answer.doubtful
        shape |= {
            "pieces": highlighting.split_pieces(row.text, *spans),
            "recognized": answer.recognized,
            "notes": noted.get(row.number, []),
            "found": bool(found),
        }
    return {
        "turns": shapes,
        "notes": noted.get(None, []),
        "doubts": any(answer.doubtful for answer in heard.values()),
        "found": [shape["number"] for shape in shapes if shape["found"]],
        "id": interview.id,
        "language": interview.language,
        "closing": interview.closing_text,
        "safety": interview.safety_at is not None,
        "status": interview.status,
        "ended_by": interview.ended_by,
        "complete": bool(interview.complete),
        "going_on": interview.status == "in_progress",
        "duration_seconds": measures.get_duration_seconds(interview),
        "paused": interview.paused_at is not None,
    }
