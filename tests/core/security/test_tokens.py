"""Secrets that are handed out."""

import pytest
from hypothesis import given, strategies as st

from interviewrelay.core.security import tokens

OLD, NEW = "an old secret key of many characters", "a new secret key of many characters"


@pytest.mark.parametrize(("test", "head"), [(False, "ir_live_"), (True, "ir_test_")])
def test_a_key_says_whether_it_is_live_and_holds_its_public_id(test, head):
    key, public = tokens.new_api_key(test=test)
    assert key.startswith(head + public)
    assert len(key) == len(head) + 8 + 32 + 6
    assert tokens.public_id(key) == public


@given(place=st.integers(8, 53), letter=st.sampled_from("aZ09"))
def test_a_key_with_one_wrong_character_is_not_well_formed(place, letter):
    key, _ = tokens.new_api_key(test=False)
    changed = key[:place] + letter + key[place + 1 :]
    assert (tokens.public_id(changed) is None) == (changed != key)


@given(st.text(max_size=80))
def test_no_text_at_all_upsets_the_reading_of_a_key(text):
    assert tokens.public_id(text) is None
    assert tokens.public_id("ir_live_" + text) is None


@pytest.mark.parametrize("other", ["", " ", "\n", "x", "ir_live_", "ir_prod_" + "a" * 46])
def test_what_is_no_key_has_no_public_id(other):
    key, _ = tokens.new_api_key(test=False)
    assert tokens.public_id(other) is None
    assert tokens.public_id(key + "\n") is None


def test_invite_tokens_are_recognised_by_their_form():
    token = tokens.new_invite_token()
    assert tokens.is_invite_token(token)
    for other in (
        token[:-1],
        token + "a",
        token + "\n",
        "inv_abc123",
        token.upper(),
        "",
        "é" * 47,
    ):
        assert not tokens.is_invite_token(other)


def test_no_two_secrets_are_alike():
    makers = (tokens.new_invite_token, tokens.new_login_token, tokens.new_secret_key)
    for make in makers:
        assert len({make() for _ in range(200)}) == 200
    assert len({tokens.new_api_key(test=False)[0] for _ in range(200)}) == 200


def test_a_mark_depends_on_key_purpose_and_secret():
    ring, other = tokens.KeyRing([NEW]), tokens.KeyRing([OLD])
    marks = {
        ring.digest("invite", "a"),
        ring.digest("login", "a"),
        ring.digest("invite", "b"),
        other.digest("invite", "a"),
    }
    assert len(marks) == 4
    assert all(len(mark) == 64 and set(mark) <= set("0123456789abcdef") for mark in marks)


def test_older_keys_still_recognise_and_open():
    before, after = tokens.KeyRing([OLD]), tokens.KeyRing([NEW, OLD])
    assert before.digest("invite", "token") in after.digests("invite", "token")
    assert after.decrypt(before.encrypt("kept")) == "kept"
    assert after.cookie_keys()[1] == before.cookie_keys()[0]


def test_new_secrets_are_kept_under_the_newest_key():
    ring = tokens.KeyRing([NEW, OLD])
    assert ring.digest("invite", "token") == tokens.KeyRing([NEW]).digest("invite", "token")
    assert tokens.KeyRing([NEW]).decrypt(ring.encrypt("kept")) == "kept"


def test_a_foreign_key_opens_nothing():
    sealed = tokens.KeyRing([OLD]).encrypt("kept")
    for text in (sealed, "no seal at all", ""):
        with pytest.raises(ValueError, match="none of this server's secret keys"):
            tokens.KeyRing([NEW]).decrypt(text)


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"])))
def test_what_is_sealed_comes_back_and_cannot_be_read_meanwhile(text):
    ring = tokens.KeyRing([NEW])
    sealed = ring.encrypt(text)
    assert ring.decrypt(sealed) == text
    assert len(text) < 8 or text not in sealed


def test_same_compares_any_two_texts():
    assert tokens.equal_in_constant_time("é", "é")
    assert not tokens.equal_in_constant_time("é", "e")
