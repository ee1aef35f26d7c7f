"""Signed transcripts: whatever is changed in the file is named, by the public key alone."""

import json
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import text

from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.security.tokens import KeyRing
from interviewrelay.integrity import signatures, signed_file
from interviewrelay.interviews.participation import answer_review
from interviewrelay.operations import key_rotation
from interviewrelay.transcripts import signed_transcript
from tests.factories import a_campaign, a_finished_interview, an_interview

SAID = ("I took the bus.", "Forty minutes.\u2028Then “home” – 家.", "The nurse was kind.")


@pytest.fixture
def signed(services: Any, ann: Any) -> bytes:
    done = a_finished_interview(services, a_campaign(ann), *SAID)
    return signed_transcript.build_signed_transcript(services, done)


@pytest.fixture
def keys(services: Any) -> dict[str, bytes]:
    shown = json.dumps(signatures.build_key_set(signatures.list_public_keys(services.ring)))
    return signatures.parse_key_set(shown)


def problems(keys: dict[str, bytes], content: bytes) -> list[str]:
    return list(signed_file.check_file(keys, content).problems)


def place_of(content: bytes, number: int) -> int:
    lines = map(json.loads, content.splitlines())
    places = [
        n
        for n, line in enumerate(lines)
        if (line["type"], line.get("number")) == ("turn", number)
    ]
    return places[0]


def test_a_file_as_signed_is_in_order(
    keys: dict[str, bytes], signed: bytes, services: Any
) -> None:
    report = signed_file.check_file(keys, signed)
    assert (list(report.problems), report.turns) == ([], 7)
    assert report.key_id == services.ring.key_names()[0]
    assert problems(keys, signed.replace(b"\n", b"\r\n")) == []
    assert b"pat@example.com" not in signed


@pytest.mark.parametrize("number", [1, 4, 7])
def test_an_altered_turn_is_named(keys: dict[str, bytes], signed: bytes, number: int) -> None:
    lines = signed.splitlines(keepends=True)
    place = place_of(signed, number)
    lines[place] = lines[place].replace(b'"text":"', b'"text":"X')
    found = problems(keys, b"".join(lines))
    assert found[0] == f"turn {number} differs from what was signed"


def test_lines_taken_out_put_in_and_moved_are_named(
    keys: dict[str, bytes], signed: bytes
) -> None:
    lines = signed.splitlines(keepends=True)
    place = place_of(signed, 4)
    without = b"".join([*lines[:place], *lines[place + 1 :]])
    assert problems(keys, without) == ["turn 4 is missing"]
    added = lines[place].replace(b'"number":4', b'"number":44')
    more = b"".join([*lines[:place], added, *lines[place:]])
    assert f"line {place + 1} was added" in problems(keys, more)
    lines[place], lines[place + 1] = lines[place + 1], lines[place]
    assert problems(keys, b"".join(lines)) == ["turn 5 was moved"]
    broken = signed.replace(lines[place], b"{nothing\n")
    assert problems(keys, broken) == ["turn 5 differs from what was signed"]


def test_no_byte_can_be_changed_unnoticed(keys: dict[str, bytes], signed: bytes) -> None:
    for place in range(0, len(signed) - 1, 97):
        changed = bytearray(signed)
        changed[place] ^= 1
        with suppress(signed_file.NotSigned):
            assert problems(keys, bytes(changed)), place


def test_another_server_can_not_sign_for_this_one(signed: bytes, services: Any) -> None:
    other = KeyRing(["a key of another server, as long as it has to be"])
    ours, (theirs,) = services.ring.key_names()[0], signatures.list_public_keys(other).values()
    assert "the signature does not fit" in problems({ours: theirs}, signed)[0]
    assert f"signed with the key {ours}" in problems({"other": theirs}, signed)[0]


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"{}", b"[]", b"\xff\xfe", b'{"signature": 3}', b"[" * 100_000]
)
def test_other_files_are_refused(keys: dict[str, bytes], content: bytes) -> None:
    with pytest.raises(signed_file.NotSigned):
        signed_file.check_file(keys, content)


@pytest.mark.parametrize(
    "signature", ["", "a.b", "a.b.c", "e30.e30.e30", "é.é.é", "bnVsbA.e30.e30"]
)
def test_texts_that_are_no_signatures_are_refused(
    keys: dict[str, bytes], signature: str
) -> None:
    content = json.dumps({"type": "signature", "signature": signature}).encode()
    assert "the signature does not fit" in problems(keys, content)[0]


@pytest.mark.parametrize(
    "content", [b"", b"{}", b'{"keys": [{}]}', b'{"keys": [{"kid": "a", "x": "AA"}]}', b"\xff"]
)
def test_other_files_are_no_keys(content: bytes) -> None:
    with pytest.raises(ValueError):
        signatures.parse_key_set(content)


def test_corrections_and_removals_are_signed(
    keys: dict[str, bytes], services: Any, ann: Any
) -> None:
    interview = an_interview(services, a_campaign(ann), *SAID)
    answer_review.correct_answer(services, interview.invite, 2, "I took the tram.")
    answer_review.strike_answer(services, interview.invite, 4)
    content = signed_transcript.build_signed_transcript(services, interview)
    assert problems(keys, content) == []
    assert "Forty" not in content.decode()


def test_words_changed_on_the_server_before_signing_are_named(
    keys: dict[str, bytes], services: Any, ann: Any
) -> None:
    interview = an_interview(services, a_campaign(ann), *SAID)
    with transaction():
        db.session.execute(text("UPDATE turn SET text = 'No.' WHERE number = 4"))
    db.session.expire_all()
    content = signed_transcript.build_signed_transcript(services, interview)
    assert problems(keys, content) == [
        "turn 4: the text or the question differs from what was stored"
    ]


def test_a_file_from_before_a_new_secret_key_can_be_checked(
    signed: bytes, services: Any
) -> None:
    old = "a key for tests only and long enough to be taken"
    both = KeyRing(["a new key that has not sealed anything yet", old])
    key_rotation.reencrypt(both, lambda _words: None)
    known = signatures.list_public_keys(both.newest())
    assert list(known) == both.key_names()
    assert problems(known, signed) == []
