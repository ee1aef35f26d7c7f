"""The server dies at any moment of a spoken answer: nothing is lost, and nothing is there twice."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from interviewrelay.core import clock
from interviewrelay.core.config import failpoints
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import Conflict, StorageUnreachable
from interviewrelay.core.ports.speech import SpeechUnavailable
from interviewrelay.interviews import interviews
from interviewrelay.models import AnswerRecording, TurnRow
from interviewrelay.recordings import spoken_answers, uploads
from interviewrelay.runtime import stored_files
from tests.recordings.clips import clip, pieces

CLIP = "clip-0001"
PARTS = pieces(clip())


class Died(BaseException):
    """The end of a process: nothing in it is asked any more."""


@pytest.fixture
def dies(monkeypatch):
    """Die at this place, once."""

    def at(place):
        def reach(name):
            if name == place:
                monkeypatch.undo()
                raise Died

        monkeypatch.setattr(failpoints, "reach_failpoint", reach)

    return at


def send(services, snapshot, piece):
    return uploads.store_piece(services.storage, snapshot(), CLIP, 2, piece, PARTS[piece])


def answer(services, snapshot):
    now = snapshot()
    found = uploads.get_recording(now, CLIP, 2)
    whole = uploads.join_pieces(services.storage, found, len(PARTS))
    return spoken_answers.send_recording(services, now, whole)


def row():
    db.session.rollback()
    query = select(AnswerRecording).execution_options(populate_existing=True)
    return db.session.execute(query).scalar_one()


def names(services):
    return list(services.storage.list_names("answers/"))


def strays(services):
    """What the next sweep deletes, an hour later."""
    with clock.freeze_at(clock.now() + timedelta(hours=1)):
        return list(stored_files.list_stray_files(services.storage))


def test_between_the_row_and_the_first_file(services, snapshot, monkeypatch):
    def put(*_):
        raise Died

    with monkeypatch.context() as patched:
        patched.setattr(type(services.storage), "put", put)
        with pytest.raises(Died):
            send(services, snapshot, 0)
    assert (row().pieces, row().size, names(services)) == (0, 0, [])
    assert send(services, snapshot, 0).pieces == 1
    assert row().size == len(PARTS[0])


@pytest.mark.parametrize("piece", [0, 2])
def test_between_a_file_and_its_row(services, snapshot, dies, piece):
    for before in range(piece):
        send(services, snapshot, before)
    dies("piece stored")
    with pytest.raises(Died):
        send(services, snapshot, piece)
    assert row().pieces == piece
    assert len(names(services)) == piece + 1, "a whole one, which does not count yet"
    assert send(services, snapshot, piece).pieces == piece + 1
    assert send(services, snapshot, piece).pieces == piece + 1
    assert row().size == sum(map(len, PARTS[: piece + 1]))
    assert strays(services) == []


@pytest.mark.parametrize("place", ["recording stored", "recording transcribed"])
def test_while_it_becomes_an_answer(services, snapshot, dies, place):
    for piece in range(len(PARTS)):
        send(services, snapshot, piece)
    dies(place)
    with pytest.raises(Died):
        answer(services, snapshot)
    db.session.rollback()
    reply = answer(services, snapshot).reply
    assert reply.saved.text == "It took me an hour to get there."
    assert services.storage.get(f"answers/{row().id}.wav") == clip()
    assert row().used
    turns = select(TurnRow.id).where(TurnRow.number == 2)
    assert len(db.session.execute(turns).all()) == 1


def test_between_joining_and_deleting_the_pieces(services, snapshot, monkeypatch):
    for piece in range(len(PARTS)):
        send(services, snapshot, piece)

    def delete(*_):
        raise Died

    with monkeypatch.context() as patched:
        patched.setattr(type(services.storage), "delete", delete)
        with pytest.raises(Died):
            answer(services, snapshot)
    db.session.rollback()
    assert len(names(services)) == len(PARTS) + 1
    assert len(strays(services)) == len(PARTS)
    with clock.freeze_at(clock.now() + timedelta(hours=1)):
        stored_files.delete_stray_files(services)
    assert names(services) == [f"answers/{row().id}.wav"]
    assert answer(services, snapshot).reply.saved.number == 2


@pytest.mark.parametrize("away", [False, True])
def test_between_the_answer_and_the_next_question(services, snapshot, monkeypatch, away):
    if away:
        services.speech.transcriber.fault = SpeechUnavailable("away")
    for piece in range(len(PARTS)):
        send(services, snapshot, piece)
    now = snapshot()
    whole = uploads.join_pieces(
        services.storage, uploads.get_recording(now, CLIP, 2), len(PARTS)
    )

    def die(*_, **__):
        raise Died

    with monkeypatch.context() as patched:
        patched.setattr(interviews, "_go_on", die)
        with pytest.raises(Died):
            spoken_answers.send_recording(services, now, whole, later=away)
    db.session.rollback()
    assert snapshot().has_pending_answer
    assert row().used
    assert interviews.recover_pending_turns() == 1
    assert snapshot().turns[-1].number == 3
    again = spoken_answers.send_recording(services, snapshot(), row(), later=away)
    assert again.reply.turn.number == 3
    assert again.reply.saved.text == ("" if away else "It took me an hour to get there.")


def test_a_full_storage_stores_no_row(services, snapshot, monkeypatch):
    def put(*_):
        raise StorageUnreachable("disk full")

    send(services, snapshot, 0)
    with monkeypatch.context() as patched:
        patched.setattr(type(services.storage), "put", put)
        with pytest.raises(StorageUnreachable):
            send(services, snapshot, 1)
    assert row().pieces == 1
    assert send(services, snapshot, 1).pieces == 2


def test_a_piece_that_comes_after_the_recording_was_joined_is_not_left(
    services, snapshot, monkeypatch
):
    """The page sent it twice, and the second copy was slow."""
    send(services, snapshot, 0)
    put = type(services.storage).put

    def join_first(storage, name, content):
        put(storage, name, content)
        if name.endswith("00001.part"):
            with transaction():
                db.session.execute(update(AnswerRecording).values(status="stored"))

    with monkeypatch.context() as patched:
        patched.setattr(type(services.storage), "put", join_first)
        with pytest.raises(Conflict):
            send(services, snapshot, 1)
    assert names(services) == [f"answers/{row().id}-00000.part"]


def test_an_erased_interview_leaves_no_piece(services, snapshot):
    from interviewrelay.privacy import erasure

    for piece in range(2):
        send(services, snapshot, piece)
    now = snapshot()
    from interviewrelay.models import Invite

    invite = db.session.get(Invite, now.invite_id)
    tally = erasure.withdraw_participant(services, invite)
    assert tally.files == 2
    assert names(services) == []
