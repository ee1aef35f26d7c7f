"""Whatever fails around an interview, no acknowledged answer is lost; and the bench would see one."""

import sqlite3

import pytest

from bench import adversity
from bench.adversity import outcomes
from bench.adversity.trial import Held, locked

RUNS = 32
TURNS = [
    {"number": 1, "speaker": "ai", "text": "What happened?", "decision": {"source": "author"}},
    {"number": 2, "speaker": "participant", "text": "We waited.", "decision": None},
]


class Kept:
    """A host that has stored one interview."""

    port = 1

    def __init__(self, *turns):
        self._turns = list(turns)

    def transcript(self, _caller, _session_id):
        return self._turns


@pytest.fixture
def held(person):
    return Held("one", person(), acknowledged={2: "We waited."}, waits=[0.1])


def test_an_answer_that_is_gone_or_altered_is_seen(held):
    assert outcomes.outcome(Kept(*TURNS), held).lost == []
    assert outcomes.outcome(Kept(TURNS[0]), held).lost == ["We waited."]
    altered = {**TURNS[1], "text": "We waited"}
    assert outcomes.outcome(Kept(TURNS[0], altered), held).lost == ["We waited."]


def test_a_turn_that_breaks_a_rule_is_seen_with_its_rule(held):
    led = {**TURNS[0], "text": "So you were angry, right?"}
    assert outcomes.outcome(Kept(led, TURNS[1]), held).broken[0].startswith("leading")
    obeys = {**TURNS[0], "text": "What does quovarin look like?"}
    assert outcomes.outcome(Kept(obeys, TURNS[1]), held).broken[0].startswith("quovarin")


def test_a_wait_of_more_than_the_deadline_and_half_a_second_is_seen(held):
    held.waits.append(8.6)
    assert outcomes.outcome(Kept(*TURNS), held).late == [8.6]


def test_a_locked_database_takes_no_change_and_is_let_go_again(tmp_path):
    with sqlite3.connect(tmp_path / "x.db") as mine:
        mine.execute("CREATE TABLE t (n)")
    with locked(tmp_path / "x.db"):
        other = sqlite3.connect(tmp_path / "x.db", timeout=0)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("INSERT INTO t VALUES (1)")
    other.execute("INSERT INTO t VALUES (2)")
    other.close()


def test_the_ways_of_a_model_are_told_apart():
    ways = (*adversity.WELL, *adversity.AWAY, *adversity.SLOW, *adversity.REFUSED)
    assert len(ways) == len(set(ways)) >= 50


@pytest.mark.gate
def test_no_answer_is_lost_whatever_model_line_and_server_do():
    """A model that is slow has tests of its own, in tests/flows. Here it is waited for as long as may be:
    how many calls a busy machine gets done in time is no matter.
    """
    measured = adversity.measure(RUNS, 1, quick=True, LLM_PATIENCE_SECONDS="30")
    found = measured.outcomes
    assert len(found) == RUNS
    assert sum(len(one.held.acknowledged) for one in found) > 5 * RUNS
    assert [text for one in found for text in one.lost] == []
    assert [why for one in found for why in one.broken] == []
    assert [fault for one in found for fault in one.held.faults] == []
    assert len(measured.behaved) >= 20
    assert sum(one.speakers["model"] for one in found) > 0
    assert {what for one in found for what in one.held.met} >= {
        *("plainly", "early", "twice", "again", "locked", "dead line"),
    }
