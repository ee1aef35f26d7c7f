"""Answer review before the end: correct, remove, or ask not to be quoted.

A corrected answer stores its current and its first text, and no text in between. Of a removed
answer, only its existence is kept. Deleted text disappears at once from the turn, the search index,
the readings, the stored PDF, and the questions that repeated it.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from sqlalchemy import delete, select

from interviewrelay.analysis import sentiment
from interviewrelay.core import clock, text as texts
from interviewrelay.core.db.group_commit import current_runner
from interviewrelay.core.db.session import checkpoint_wal, db, on_commit, transaction
from interviewrelay.core.errors import Conflict, SessionAlreadyCompleted
from interviewrelay.core.ports.semantic_similarity import SemanticSimilarity
from interviewrelay.evidence import claims
from interviewrelay.integrity import chain_store
from interviewrelay.interviewer.dialogue import controller
from interviewrelay.interviewer.dialogue.controller import Move
from interviewrelay.interviews import completion, safety_alerts, state, turn_store
from interviewrelay.interviews.participation import redaction
from interviewrelay.interviews.state import InterviewState
from interviewrelay.interviews.turn_store import InterviewSnapshot, TurnRecord
from interviewrelay.models import AnswerRecording, Interview, Invite, SearchEntry, TurnRow
from interviewrelay.notes import notes
from interviewrelay.organizations import access
from interviewrelay.runtime import idempotency, session_files, stored_files
from interviewrelay.runtime.services import Services
from interviewrelay.search import search

MOST_TRIES: Final = 5
"""Maximum attempts to prepare a change while the interview continues elsewhere."""
_READ: Final = (
    "text",
    "original",
    "skipped",
    "decision",
    "reading",
    "sentiment_label",
    "sentiment_score",
)
"""Fields of a turn that a change may update."""


def correct_answer(
    services: Services, invite: Invite, number: int, text: str
) -> InterviewState:
    """Replace the text of an answer, or answer a skipped question.

    The same text again changes nothing. Danger in the new text ends the
    interview. Raises InvalidParameter, Conflict and SessionAlreadyCompleted.
    """
    said = state.require_answer(texts.normalize_line_feeds(text).strip())
    reached = _changed(services, invite, number, lambda _: said)
    _forget_sound(services, reached.interview, ())
    return reached


def extend_answer(
    services: Services,
    invite: Invite,
    number: int,
    text: str,
    recordings: Sequence[AnswerRecording],
) -> InterviewState:
    """Add words to an answer that was sent before its speaker had finished, and the recordings that
    they are from. It counts as said at once, not as corrected. Raises like `correct_answer`.
    """

    def reword(was: str) -> str:
        if not was:
            raise Conflict("This answer has no words that could be added to.")
        return state.require_answer(f"{was} {text}")

    reached = _changed(services, invite, number, reword, added=[clip.id for clip in recordings])
    _forget_sound(services, reached.interview, ())
    return reached


def strike_answer(services: Services, invite: Invite, number: int) -> InterviewState:
    """Remove an answer permanently; a repeat changes nothing. Raises Conflict and
    SessionAlreadyCompleted.
    """
    clips = _list_clip_files(invite, number)
    reached = _changed(services, invite, number, lambda _: "")
    _forget_sound(services, reached.interview, clips)
    on_commit(
        partial(stored_files.delete_session_files, services.storage, reached.interview.id)
    )
    on_commit(checkpoint_wal)
    return reached


def set_quotable(invite: Invite, number: int, *, allowed: bool) -> InterviewState:
    """Allow or forbid quoting an answer. Raises Conflict and SessionAlreadyCompleted."""
    with transaction():
        interview = _open(invite)
        rows = state.list_turns(interview)
        row = rows[_place(rows, number)]
        if row.struck:
            raise Conflict(STRUCK)
        row.quotable = allowed
    return state.load_state(interview)


def fill_answer(services: Services, invite: Invite, number: int, text: str) -> bool:
    """Give a spoken answer its words once they are known, also after the end. An empty text makes it
    a skip; an answer that has words by now stays. False if the answer is still being processed.

    Danger in the text has the same consequences as in any answer.
    """
    for _ in range(MOST_TRIES):
        snapshot = turn_store.get_snapshot(invite.id)
        known = [n for n, turn in enumerate(snapshot.turns) if turn.number == number]
        if not known or not state.is_unheard(snapshot.turns[known[0]]):
            return True
        if snapshot.has_pending_answer and snapshot.turns[-1].number == number:
            return False
        made, move = _anew(snapshot, known[0], text, services.similarity)
        with transaction():
            interview = access.lock_row(Interview, snapshot.id)
            rows = state.list_turns(interview)
            if not _as_read(rows, snapshot.turns):
                continue
            if not rows[known[0]].struck and not _fill(interview, rows, made, known[0], move):
                completion.update_sentiment(interview)
            return True
    return False


def _fill(
    interview: Interview,
    rows: Sequence[TurnRow],
    made: Sequence[TurnRecord],
    place: int,
    move: Move,
) -> bool:
    """Building block: store the words of an answer; False if the interview is over."""
    if not made[place].text:
        rows[place].skipped = True
        return True
    _store(interview, rows, made, place)
    _unquote(rows, move)
    if interview.status == "in_progress":
        _heed(interview, move)
        return True
    safety_alerts.raise_alert(interview, move.decision, clock.now())
    return False


STRUCK: Final = "This answer was deleted."


def _changed(
    services: Services,
    invite: Invite,
    number: int,
    reword: Callable[[str], str],
    *,
    added: Sequence[str] = (),
) -> InterviewState:
    """Analyse the changed answers before locking anything, and store the result if the interview is
    still unchanged. `reword` makes the new text from the present one; `added` are recordings that
    were made for the next answer and belong to this one.
    """
    for _ in range(MOST_TRIES):
        snapshot = turn_store.get_snapshot(invite.id)
        place = _place(snapshot.turns, number)
        said = reword(snapshot.turns[place].text)
        if snapshot.turns[place].text == said:
            with transaction():
                return state.load_state(_struck_if(_open(invite), place, struck=not said))
        made, move = _anew(snapshot, place, said, services.similarity, corrected=not added)
        with transaction():
            interview = _open(invite)
            rows = state.list_turns(interview)
            if _as_read(rows, snapshot.turns):
                if not _take_recordings(interview, number, added):
                    return state.load_state(interview)
                _store(interview, rows, made, place)
                _unquote(rows, move)
                _heed(interview, move)
                return state.load_state(interview)
    raise Conflict("The interview has moved on in the meantime. Please try again.")


def require_open_answer(invite: Invite, number: int) -> None:
    """Check that this answer can be changed. Raises Conflict and SessionAlreadyCompleted."""
    with transaction():
        _place(state.list_turns(_open(invite)), number)


def _take_recordings(interview: Interview, number: int, added: Sequence[str]) -> bool:
    """Building block: give these recordings to an answer; False if it has them."""
    clips = [access.lock_row(AnswerRecording, recording_id) for recording_id in added]
    if any(clip.used for clip in clips):
        return False
    for clip in clips:
        clip.number, clip.used = number, True
    if added:
        interview.mode = "voice"
    return True


def _open(invite: Invite) -> Interview:
    interview = state.lock_interview(invite)
    if interview.status != "in_progress":
        raise SessionAlreadyCompleted
    return interview


def _place(turns: Sequence[TurnRow | TurnRecord], number: int) -> int:
    """Position of an answer that can be changed. Raises Conflict."""
    for place, turn in enumerate(turns):
        if turn.number == number and turn.speaker == "participant":
            if turn.reading is None:
                raise Conflict(
                    "The next question is still being prepared. Please try again in a moment."
                )
            return place
    raise Conflict("There is no answer with this number.")


def _struck_if(interview: Interview, place: int, *, struck: bool) -> Interview:
    """Record the removal; a removed skip counts as removed too."""
    row = state.list_turns(interview)[place]
    if struck:
        row.struck = row.skipped = True
        _delete_clips(interview, row.number)
    return interview


def _anew(
    snapshot: InterviewSnapshot,
    place: int,
    said: str,
    meaning: SemanticSimilarity | None,
    *,
    corrected: bool = True,
) -> tuple[list[TurnRecord], Move]:
    """Turns with the new text, each later answer analysed again, and the interviewer's move on the
    new text. The earlier text is in none of it, except, if it was `corrected`, as the original.
    """
    was, made = snapshot.turns[place], list(snapshot.turns)
    first: str | None = was.text if was.original is None and corrected else was.original
    if not said or state.is_unheard(was):
        first = None
    now = replace(was, text=said, original=first, skipped=not said)
    made[place] = now
    made[place + 1 : place + 2] = map(_unlearned, made[place + 1 : place + 2])
    dropped = _wordings(was) - _wordings(now)
    if dropped:
        kept = [
            text for turn in made if turn.speaker == "participant" for text in _wordings(turn)
        ]
        gone = redaction.find_struck_words(
            " ".join(dropped), [*kept, *_authors(snapshot)], snapshot.language
        )
        made[place + 1 :] = [redaction.redact_turn(turn, gone) for turn in made[place + 1 :]]
    moves = []
    for at, turn in enumerate(made):
        if at < place or turn.speaker == "ai" or turn.reading is None:
            continue
        talk = state.build_engine_turns([*made[:at], replace(turn, reading=None)])
        here = state.build_context(snapshot, snapshot.organization, turn.at, meaning)
        here = replace(here, elapsed_seconds=turn.elapsed)
        move = controller.next_move(snapshot.guide, talk, here)
        felt = sentiment.score_text(turn.text, snapshot.language, telling=move.telling)
        made[at] = replace(
            turn,
            reading=dict(move.reading or {}),
            sentiment_label=felt.label,
            sentiment_score=felt.score,
        )
        moves.append(move)
    return made, moves[0]


def _unlearned(turn: TurnRecord) -> TurnRecord:
    """A question without what a model learned from the answer before it."""
    decision = turn.decision
    if not decision or "learned" not in (decision.get("details") or {}):
        return turn
    details = {k: v for k, v in decision["details"].items() if k != "learned"}
    return replace(turn, decision={**decision, "details": details})


def _wordings(turn: TurnRecord) -> set[str]:
    """All stored versions of an answer's text."""
    return {turn.text, turn.original or ""}


def _authors(snapshot: InterviewSnapshot) -> list[str]:
    """The script's own words, which stay in its questions."""
    return [
        text
        for question in snapshot.guide.questions
        for text in (question.text, *question.rephrase, *question.probes)
    ]


def _as_read(rows: Sequence[TurnRow], turns: Sequence[TurnRecord]) -> bool:
    return [(r.number, r.text, r.original, r.reading is None) for r in rows] == [
        (t.number, t.text, t.original, t.reading is None) for t in turns
    ]


def _store(
    interview: Interview, rows: Sequence[TurnRow], made: Sequence[TurnRecord], place: int
) -> None:
    """Building block: update the turns, and the search index."""
    row, was = rows[place], rows[place].text
    if row.struck:
        raise Conflict(STRUCK)
    chain_store.ensure_sealed(interview, rows)
    row.struck = not made[place].text
    changed = [old for old, new in zip(rows, made, strict=True) if old.text != new.text]
    for stored, turn in zip(rows, made, strict=True):
        for name in _READ:
            if getattr(stored, name) != getattr(turn, name):
                setattr(stored, name, getattr(turn, name))
    chain_store.record_changes(interview, changed)
    db.session.flush()  # the search index bypasses the session
    db.session.execute(delete(SearchEntry).where(SearchEntry.interview_id == interview.id))
    for text in state.list_answers(rows):
        search.index_answer(current_runner(), interview, text)
    notes.move_notes(row, was)
    claims.follow_answer(row, was)
    if row.struck:
        idempotency.forget_all(interview.org_id)
        _delete_clips(interview, row.number)


def _list_clip_files(invite: Invite, number: int) -> list[str]:
    """Names of the files of an answer's recordings."""
    query = (
        select(AnswerRecording)
        .join(Interview, Interview.id == AnswerRecording.interview_id)
        .where(Interview.invite_id == invite.id, AnswerRecording.number == number)
    )
    clips = db.session.execute(query).scalars()
    return [name for clip in clips for name in session_files.list_clip_files(clip)]


def _forget_sound(services: Services, interview: Interview, names: Sequence[str]) -> None:
    """Delete these files after the commit, and the spoken questions, which may repeat the words."""
    if interview.mode == "voice":
        files = session_files.SessionFiles(
            tuple(names), stored_files.get_speech_prefix(interview.id)
        )
        on_commit(partial(session_files.delete_files, services.storage, files))


def _delete_clips(interview: Interview, number: int) -> None:
    """Building block: delete the recordings of an answer; their files follow after the commit."""
    mine = (AnswerRecording.interview_id == interview.id, AnswerRecording.number == number)
    for clip in db.session.execute(select(AnswerRecording).where(*mine)).scalars():
        db.session.delete(clip)


def _unquote(rows: Sequence[TurnRow], move: Move) -> None:
    """Building block: mark answers as not quotable if the new text asks for it, as with any answer."""
    for row in rows:
        if row.number in move.unquoted:
            row.quotable = False


def _heed(interview: Interview, move: Move) -> None:
    """Building block: end the interview if the new text mentions danger, since no reply fits
    between two existing turns.
    """
    if not safety_alerts.is_danger_heard(move.decision):
        return
    now = clock.now()
    safety_alerts.raise_alert(interview, move.decision, now)
    state.advance_clock(interview, now)
    told = move.decision.details.get("closing") if move.decision else None
    closing = move.closing or str(told)
    completion.end_with_move(
        interview, replace(move, text=None, ends=True, closing=closing, ended_by="care"), now
    )
