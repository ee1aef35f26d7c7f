"""Limits of recordings, and several people or threads at once."""

import threading

import pytest
from sqlalchemy import select

from interviewrelay.core.db.session import db
from interviewrelay.core.errors import (
    AudioTooLong,
    Conflict,
    InvalidAudio,
    PayloadTooLarge,
    UnsupportedMediaType,
)
from interviewrelay.interviews import interviews
from interviewrelay.models import AnswerRecording, Interview
from interviewrelay.recordings import limits, recognition, spoken_answers, uploads
from tests.recordings.clips import clip, pieces, silence, tone

HEAD = clip()[:64]


def send(services, snapshot, content, piece=0, *, name="clip-0001", number=2):
    return uploads.store_piece(services.storage, snapshot(), name, number, piece, content)


def test_a_piece_has_a_largest_size(services, snapshot, monkeypatch):
    monkeypatch.setattr(limits, "LARGEST_PIECE", 64)
    send(services, snapshot, HEAD)
    with pytest.raises(PayloadTooLarge):
        send(services, snapshot, HEAD + b"x", 1)
    with pytest.raises(InvalidAudio):
        send(services, snapshot, b"", 1)


def test_a_recording_has_a_largest_size_and_number_of_pieces(services, snapshot, monkeypatch):
    monkeypatch.setattr(limits, "LARGEST_CLIP", 150)
    for piece in range(2):
        send(services, snapshot, HEAD, piece)
    with pytest.raises(PayloadTooLarge):
        send(services, snapshot, HEAD, 2)
    monkeypatch.setattr(limits, "MOST_PIECES", 2)
    with pytest.raises(Conflict, match="at most 2 pieces"):
        send(services, snapshot, b"x", 2)


def test_an_interview_has_a_largest_size_and_length(services, snapshot, monkeypatch):
    monkeypatch.setattr(limits, "LARGEST_SESSION", 100)
    send(services, snapshot, HEAD)
    with pytest.raises(PayloadTooLarge):
        send(services, snapshot, HEAD, name="clip-0002")
    monkeypatch.undo()
    monkeypatch.setattr(limits, "LONGEST_SESSION", 1)
    sent = uploads.store_file(services.storage, snapshot(), "clip-0003", 2, clip())
    spoken_answers.transcribe_recording(services, snapshot(), sent)
    with pytest.raises(AudioTooLong):
        send(services, snapshot, HEAD, name="clip-0004")


def test_an_answer_has_so_many_recordings(services, snapshot, monkeypatch):
    monkeypatch.setattr(limits, "MOST_CLIPS", 2)
    for name in ("clip-0001", "clip-0002"):
        send(services, snapshot, HEAD, name=name)
    with pytest.raises(Conflict, match="at most 2 recordings"):
        send(services, snapshot, HEAD, name="clip-0003")


def test_only_the_first_piece_has_to_be_audio(services, snapshot):
    with pytest.raises(UnsupportedMediaType):
        send(services, snapshot, b"GIF89a" + bytes(80))
    send(services, snapshot, HEAD)
    assert send(services, snapshot, b"whatever", 1).pieces == 2


def test_a_recording_belongs_to_one_answer(services, snapshot):
    send(services, snapshot, HEAD)
    with pytest.raises(Conflict):
        send(services, snapshot, HEAD, number=4)
    interviews.answer_question(snapshot(), 2, "I typed it.")
    with pytest.raises(Conflict):
        send(services, snapshot, HEAD, 1)
    assert send(services, snapshot, HEAD, 0).pieces == 1, "it is stored already"


def test_nobody_records_after_the_end(services, snapshot):
    invite = db.session.execute(select(Interview)).scalar_one().invite
    interviews.complete_interview(invite)
    with pytest.raises(Conflict.__mro__[1]):
        send(services, snapshot, HEAD)
    assert db.session.execute(select(AnswerRecording)).first() is None


def at_once(app, act, count=4):
    """Run `act` in threads; returns what they returned or raised."""
    found, barrier = [], threading.Barrier(count)

    def run():
        with app.app_context():
            barrier.wait()
            try:
                found.append(act())
            except Conflict as refusal:
                found.append(refusal)
            db.session.remove()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return found


def test_the_same_piece_at_once_is_one_piece(app, services, snapshot):
    found = at_once(app, lambda: send(services, snapshot, HEAD).id)
    assert len(set(found)) == 1
    db.session.rollback()
    (row,) = db.session.execute(select(AnswerRecording)).scalars().all()
    assert (row.pieces, row.size) == (1, len(HEAD))
    assert len(list(services.storage.list_names("answers/"))) == 1


def test_the_same_answer_at_once_is_one_answer(app, services, snapshot):
    parts = pieces(clip())
    for place, part in enumerate(parts):
        send(services, snapshot, part, place)

    def answer():
        now = snapshot()
        row = uploads.get_recording(now, "clip-0001", 2)
        whole = uploads.join_pieces(services.storage, row, len(parts))
        return spoken_answers.send_recording(services, now, whole).reply.turn.number

    assert at_once(app, answer) == [3] * 4
    db.session.rollback()
    (row,) = db.session.execute(select(AnswerRecording)).scalars().all()
    assert list(services.storage.list_names("answers/")) == [f"answers/{row.id}.wav"]
    assert len(snapshot().turns) == 3
    assert len(services.speech.transcriber.heard) == 1


def test_a_recording_is_recognised_once_for_two_requests(services):
    cache, calls = recognition.RecognitionCache(), []

    def recognise():
        calls.append(1)
        return "text"

    threads = [
        threading.Thread(target=cache.recognize, args=("a", 1.0, recognise)) for _ in range(5)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert calls == [1]
    assert cache.recognize("a", 1.2, recognise) == "text", "only silence followed"
    cache.recognize("a", 2.0, recognise)
    assert len(calls) == 2


def test_the_cache_is_small(services):
    cache = recognition.RecognitionCache(most=2)
    for name in ("a", "b", "c"):
        cache.recognize(name, 1.0, lambda: "text")
    assert list(cache._entries) == ["b", "c"]


def test_more_speech_is_recognised_again_and_silence_is_not(services, snapshot):
    from interviewrelay.recordings import pauses

    parts = pieces(clip(tone(1), silence(2), tone(1), silence(2)), 32_000)
    heard = services.speech.transcriber.heard
    for place, part in enumerate(parts):
        row = send(services, snapshot, part, place)
        pauses.judge_pause(services, snapshot(), row)
    assert 2 <= len(heard) <= 4
    before = len(heard)
    row = uploads.join_pieces(services.storage, row, len(parts))
    spoken_answers.send_recording(services, snapshot(), row)
    assert len(heard) == before, "route 3 needs no recognition of its own"


def test_a_long_text_is_cut_at_a_word(services):
    text = "word " * 4_000
    cut = spoken_answers.cut_answer(text.strip())
    assert len(cut) <= 10_000
    assert cut.endswith("word…")
    assert spoken_answers.cut_answer("short") == "short"


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("It was fine.", [["It", 0, 1, 0.9], ["was", 1, 2, 0.3], ["fine.", 2, 3, 0.2]], [[3, 6], [7, 12]]),
        ("It was it", [["It", 0, 1, 0.9], [" it", 1, 2, 0.1]], [[7, 9]]),
        ("It was", [["gone", 0, 1, 0.1], ["was", 1, 2, 0.1]], [[3, 6]]),
        ("", [["gone", 0, 1, 0.1]], []),
        ("It", [["It", 0, 1, None], ["", 0, 1, 0.1]], []),
    ],
)  # fmt: skip
def test_doubtful_words_are_ranges_of_characters(text, words, found):
    assert spoken_answers.find_doubtful_words(text, words) == found
