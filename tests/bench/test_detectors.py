"""The detectors against turns that were labelled by hand, written for the purpose."""

from pathlib import Path

import pytest

from bench.interviews import detectors

GOLD = [
    (frozenset(labels.split(",")) - {"-"}, text)
    for labels, text in (
        line.split(" | ", 1)
        for line in (Path(__file__).parent / "gold_turns.txt").read_text().splitlines()
    )
]


def test_the_gold_set_is_large_enough():
    assert len(GOLD) >= 200
    for rule in detectors.RULES:
        assert sum(rule in labels for labels, _ in GOLD) >= 20


@pytest.mark.parametrize("rule", detectors.RULES)
def test_each_rule_is_precise_and_misses_little(rule):
    found = {text for _, text in GOLD if rule in detectors.judge(text)}
    meant = {text for labels, text in GOLD if rule in labels}
    precision = len(found & meant) / len(found)
    caught = len(found & meant) / len(meant)
    assert precision >= 0.95, sorted(found - meant)
    assert caught >= 0.90, sorted(meant - found)


def test_the_participants_own_valuation_may_be_taken_up():
    asked = "What was frustrating about it?"
    assert detectors.judge(asked) == {"leading"}
    assert detectors.judge(asked, ["It was so frustrating, that evening."]) == frozenset()


def test_an_offer_to_stop_is_no_question_about_the_matter():
    assert detectors.questions("Would you like to stop, or to go on with the interview?") == []
