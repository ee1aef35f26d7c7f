"""The chaos table: whatever is lost, doubled or untrue in what is stored is found."""

import argparse
import contextlib
import copy
import os
import signal
from collections import Counter

import pytest

from bench import chaos
from bench.chaos import workers
from bench.chaos.clients import Record, Turn
from bench.chaos.judging import Finding, judged
from bench.chaos.stored import Stored
from bench.chaos.table import Row, report


@pytest.fixture
def record():
    """Two interviews: one completed, one under way."""
    return Record(
        asked=8,
        invites=["a@x.example", "b@x.example"],
        starts=["s1", "s2"],
        turns=[Turn("s1", 2, "t1", "By bus."), Turn("s2", 2, "t2", "On foot.")],
        completions=["s1"],
        sent={"t1", "t2", "t3"},
    )


@pytest.fixture
def stored():
    return Stored(
        invites=["a@x.example", "b@x.example", "never.acknowledged@x.example"],
        sessions={"s1": "completed", "s2": "in_progress"},
        charged={"s1": 5, "s2": 0},
        turns=[
            Turn("s1", 2, "t1", "By bus."),
            Turn("s2", 2, "t2", "On foot."),
            Turn("s2", 4, "t3", "Stored, and acknowledged by nobody."),
        ],
        numbers={"s1": [1, 2, 3], "s2": [1, 2, 3, 4]},
        told=Counter({"s1": 1}),
        ledger={"s1": 5},
    )


def found(record, stored):
    finding = judged(record, stored)
    return len(finding.lost), len(finding.doubled), len(finding.wrong)


def test_what_is_stored_as_acknowledged_passes(record, stored):
    assert found(record, stored) == (0, 0, 0)


@pytest.mark.parametrize(
    "lose",
    [
        lambda it: it.invites.remove("b@x.example"),
        lambda it: it.turns.pop(0),
        lambda it: it.turns.__setitem__(0, Turn("s1", 2, "t1", "By bu")),
        lambda it: it.turns.__setitem__(0, Turn("s2", 2, "t1", "By bus.")),
    ],
    ids=["invite", "turn", "altered", "elsewhere"],
)
def test_a_lost_write_is_found(record, stored, lose):
    lose(stored)
    assert found(record, stored) == (1, 0, 0)


def test_a_lost_session_is_found_with_its_completion(record, stored):
    del stored.sessions["s1"]
    assert found(record, stored)[0] == 2


def test_a_lost_completion_is_found(record, stored):
    stored.sessions["s1"] = "in_progress"
    stored.told.clear()
    stored.ledger.clear()
    stored.charged["s1"] = 0
    assert found(record, stored) == (1, 0, 0)


@pytest.mark.parametrize(
    "double",
    [
        lambda it: it.invites.append("a@x.example"),
        lambda it: it.turns.append(Turn("s1", 4, "t1", "By bus.")),
        lambda it: it.told.update(["s1"]),
    ],
    ids=["invite", "turn", "event"],
)
def test_a_doubled_write_is_found(record, stored, double):
    double(stored)
    assert found(record, stored) == (0, 1, 0)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda it: it.told.clear(),
        lambda it: it.told.update(["s2"]),
        lambda it: it.ledger.update(s1=10),
        lambda it: it.ledger.update(s2=5),
        lambda it: it.numbers.update(s1=[1, 3]),
        lambda it: it.turns.append(Turn("s2", 6, "t9", "Nobody said this.")),
        lambda it: it.unsound.append("integrity_check: no"),
    ],
    ids=["untold", "told early", "overcharged", "charged early", "gap", "foreign", "unsound"],
)
def test_what_does_not_agree_is_found(record, stored, spoil):
    spoil(stored)
    assert found(record, stored) == (0, 0, 1)


def test_an_answer_that_nobody_should_get_is_told(record, stored):
    record.odd["500 INTERNAL"] += 3
    assert judged(record, stored).wrong == ["3 × 500 INTERNAL"]


# --- deliveries and mails -----------------------------------------------------------------------


def told(states, heard, bodies, **more):
    row = Row("D2", "sqlite", kills=1, acknowledged=2, **more)
    workers.judge_told(row, states, Counter(heard), bodies)
    return row


def test_an_event_that_nobody_heard_is_lost_and_one_heard_again_is_doubled():
    both = [("e1", "delivered"), ("e2", "delivered")]
    assert told(both, {"e1": 1, "e2": 1}, 2).verdict == "PASS"
    assert told(both, {"e1": 1}, 1).finding.lost == [
        "event e2 is delivered and was heard 0 times"
    ]
    waiting = [("e1", "delivered"), ("e2", "pending")]
    assert len(told(waiting, {"e1": 1, "e2": 1}, 2).finding.lost) == 1
    again = {"e1": 2, "e2": 1}
    assert told(both, again, 2).verdict == "FAIL"
    assert told(both, again, 2, doubles=1).verdict == "PASS"
    assert told(both, {"e1": 1, "e2": 1}, 1).verdict == "FAIL"  # one body under two ids
    assert told(both, {"e1": 1, "e2": 1, "e3": 1}, 3).verdict == "FAIL"
    assert told(both[:1], {"e1": 1}, 1).verdict == "FAIL"  # an invite that is told to nobody


def test_a_letter_that_did_not_come_is_lost_and_one_that_came_again_is_doubled():
    row = Row("D2", "sqlite", acknowledged=2)
    workers.judge_sent(row, ["a@x.example", "b@x.example"], Counter({"a@x.example": 3}))
    assert len(row.finding.lost) == 1
    assert len(row.finding.doubled) == 2


# --- the table ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"finding": Finding(lost=["a turn"])},
        {"finding": Finding(doubled=["a turn"])},
        {"finding": Finding(wrong=["the ledger"])},
        {"slowest": 2.1, "within": 2.0},
        {"acknowledged": 0},
        {"short_of": "the time was over"},
    ],
)
def test_a_row_fails_by_each_of_its_faults(change, capsys):
    good = Row("D1", "sqlite", kills=5, asked=9, acknowledged=9, slowest=1.9, within=2.0)
    assert report([good], 1.0)
    bad = copy.deepcopy(good)
    for name, value in change.items():
        setattr(bad, name, value)
    assert bad.verdict == "FAIL"
    assert not report([good, bad], 1.0)
    assert "FAIL" in capsys.readouterr().out


def test_what_was_not_run_never_passes_and_is_no_good_run():
    missing = Row("D1", "postgresql", acknowledged=3, missing="no PostgreSQL")
    assert missing.verdict == "not run: no PostgreSQL"
    assert "PASS" not in missing.cells()
    assert not report([missing], 1.0)


def test_a_check_that_breaks_off_has_failed_and_keeps_the_rows_before():
    def check():
        yield Row("D1", "sqlite", acknowledged=1)
        raise RuntimeError("the server did not become ready")

    rows = list(chaos.told("D2", "sqlite", check))
    assert [row.verdict for row in rows] == ["PASS", "FAIL"]


@pytest.mark.gate
def test_no_database_is_left_out_unsaid(capsys):
    given = argparse.Namespace(
        database="postgresql", server="", seed=1, short=True, kills=1, ready=2.0, seconds=1,
        checks="",
    )  # fmt: skip
    with pytest.raises(SystemExit):
        chaos.run(given)
    assert capsys.readouterr().out.count("not run: no PostgreSQL") == len(chaos.CHECKS)


def places(monkeypatch, rows):
    """Databases that are none, of which `rows` tells what comes of a check."""

    class Place:
        def __init__(self, name):
            self.name = name

        def rows(self, check, until):
            return rows(self.name, check, until)

    @contextlib.contextmanager
    def standing(name, _given):
        yield Place(name)

    monkeypatch.setattr(chaos, "_standing", standing)


def given(**more):
    return argparse.Namespace(
        **{"database": "both", "server": "", "seed": 1, "short": False, "checks": "", **more}
    )


@pytest.mark.gate
def test_nothing_is_done_beside_what_is_timed(monkeypatch, capsys):
    done = []

    def rows(name, check, _until):
        done.append((check, name))
        yield Row(check, name, acknowledged=1)

    places(monkeypatch, rows)
    chaos.run(given())
    timed = [(check, name) for name in ("sqlite", "postgresql") for check in chaos.TIMED]
    assert done[: len(timed)] == timed
    assert len(done) == 2 * len(chaos.CHECKS)
    assert capsys.readouterr().out.count("PASS") == len(done)


@pytest.mark.gate
def test_some_checks_alone_can_be_asked_for(monkeypatch, capsys):
    places(monkeypatch, lambda name, check, _until: [Row(check, name, acknowledged=1)])
    chaos.run(given(checks="D3,D2", database="sqlite"))
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("| D")]
    assert [line[2:4] for line in lines] == ["D3", "D2"]
    with pytest.raises(SystemExit, match="No such check: D9"):
        chaos.run(given(checks="D1,D9"))


@pytest.mark.gate
def test_what_a_run_that_was_ended_did_not_come_to_has_a_row(capsys, monkeypatch):
    def ended(name, check, _until):
        yield Row(check, name, acknowledged=1)
        os.kill(os.getpid(), signal.SIGTERM)

    places(monkeypatch, ended)
    with pytest.raises(SystemExit):
        chaos.run(given())
    printed = capsys.readouterr().out.splitlines()
    rows = [line.split(" | ") for line in printed if line.startswith("| D")]
    assert [(row[0][2:4], row[1], row[-1].rstrip(" |")) for row in rows] == [
        ("D1", "sqlite", "PASS"),
        *((check, "sqlite", f"not run: {chaos.ENDED}") for check in ("D3", "D5", "D2")),
        *(
            (check, "postgresql", f"not run: {chaos.ENDED}")
            for check in ("D1", "D3", "D5", "D2")
        ),
    ]
