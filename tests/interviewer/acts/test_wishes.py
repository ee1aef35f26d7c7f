"""What people want of the interviewer is heard in whatever sentence it stands, and in no account.

The examples stand beside the patterns in `languages/LANGUAGE/wishes.toml`: `yes` is heard, `no` is not.
"""

from collections.abc import Callable
from typing import Any

import pytest

from interviewrelay.interviewer import acts, languages
from interviewrelay.interviewer.acts import wishes
from interviewrelay.interviewer.acts.act_detection import detect_acts
from interviewrelay.interviewer.safety import care_lexicon
from tests.interviewer.conftest import CLINIC

Hold = Callable[..., Any]

ACTS = {
    wishes.LEAVING: acts.STOP,
    wishes.AWAY: acts.PAUSE,
    wishes.WAIT: acts.PAUSE,
    wishes.HURRY: acts.SHORTEN,
    wishes.COMPLAINT: acts.COMPLAINT,
    wishes.MISQUOTED: acts.COMPLAINT,
    wishes.TOLD: acts.ALREADY_TOLD,
    wishes.ENOUGH: acts.NOTHING_MORE,
}


def examples(sign: str) -> list[tuple[str, str, str]]:
    """The examples of all kinds, each with its language and its kind."""
    found = []
    for language in care_lexicon.LANGUAGES:
        data = languages.load_table(language, "wishes")
        found += [(language, kind, said) for kind in wishes.KINDS for said in data[kind][sign]]
    return found


def test_each_kind_has_examples_enough_in_each_language() -> None:
    for sign in ("yes", "no"):
        told = [(language, kind) for language, kind, _ in examples(sign)]
        for language in care_lexicon.LANGUAGES:
            for kind in wishes.KINDS:
                assert told.count((language, kind)) >= 3, (language, kind, sign)


@pytest.mark.parametrize(("language", "kind", "said"), examples("yes"))
def test_a_wish_is_heard(language: str, kind: str, said: str) -> None:
    assert ACTS[kind] in detect_acts(said, language).acts


@pytest.mark.parametrize(("language", "kind", "said"), examples("no"))
def test_an_account_is_no_wish(language: str, kind: str, said: str) -> None:
    assert ACTS[kind] not in detect_acts(said, language).acts


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("We had to wait for months, could you make it quick now?", True),
        ("It was a cold winter. Sorry, I have to go now.", True),
        ("My bus is here, I have to go now", False),
        ("let's hurry, my bus comes in five minutes", False),
    ],
)
def test_what_stands_beside_a_wish_is_an_answer_and_its_reason_is_none(
    said: str, told: bool
) -> None:
    assert (acts.ANSWER in detect_acts(said, "en").acts) is told


@pytest.mark.parametrize(
    "said", ["I think that is really all of it, we make do.", "Not much more to it"]
)
def test_enough_of_a_topic_does_not_end_the_interview(hold: Hold, said: str) -> None:
    interview = hold(CLINIC, said)
    assert interview.act not in (acts.CONFIRM_STOP, acts.END)
    assert interview.asked()[-1] != interview.asked()[0]


def test_how_long_it_takes_is_a_question_and_no_hurry() -> None:
    heard = detect_acts("Is it much longer?", "en")
    assert acts.META in heard.acts
    assert acts.SHORTEN not in heard.acts
