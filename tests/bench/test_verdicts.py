"""What the benches make of their figures, on figures that are known."""

from collections import Counter
from types import SimpleNamespace

import pytest

from bench import arriving, broken, held, thousand
from bench.people import Heard
from bench.verdicts import Row, judged, percentile, spread
from tests.flows.receiver import Post


@pytest.mark.parametrize(("rounds", "verdict"), [
    ([1.0, 2.0], "PASS"), ([2.0, 2.1], "UNSURE"), ([2.1, 3.0], "FAIL"), ([], "void"),
])  # fmt: skip
def test_an_aim_within_the_rounds_settles_nothing(rounds, verdict):
    assert judged(rounds, most=2.0) == verdict


def test_an_aim_may_be_from_below():
    assert [judged([49.0, high], least=50) for high in (49.9, 50.0)] == ["FAIL", "UNSURE"]
    assert judged([50.0], least=50) == "PASS"


def test_rounds_are_told_with_their_range():
    assert spread([3.0, 1.0, 2.0], 1) == "2.0 [1.0–3.0]"
    assert spread([2.345]) == "2.35"
    assert str(Row("a", "1")) == "| a | 1 | – | – |"


def test_a_percentile_is_a_value_that_was_seen():
    taken = [float(n) for n in range(100, 0, -1)]
    assert [percentile(taken, p) for p in (1, 50, 99, 100)] == [1, 50, 99, 100]
    assert percentile([7.0], 99) == 7.0


def verdicts(rows):
    return {row.name: row.verdict for row in rows}


def post(number, at, event_id=None):
    body = b'{"data": {"email": "w%d@x.example"}}' % number
    return Post("/ok", {"webhook-id": event_id or f"evt_{number}"}, body, at)


def told(count, rate=50.0):
    return {f"w{n}@x.example": arriving.Told(n / rate, n / rate + 0.01) for n in range(count)}


def test_events_that_arrive_in_time_pass():
    rows = arriving.rows(told(100), [post(n, n / 50 + 0.2) for n in range(100)], 50)
    assert set(verdicts(rows).values()) == {"PASS", ""}
    waits = next(row for row in rows if "to the arrival" in row.name)
    assert waits.value == "p50 200, p95 200, p99 200, p100 200"


def test_late_missing_doubled_and_slow_events_are_seen():
    posts = [post(n, n / 50 + (1.5 if n > 90 else 0.1)) for n in range(99)]
    posts += [post(98, 9.0, "evt_98")]
    seen = verdicts(arriving.rows(told(100), posts, 50))
    assert seen["ms from the call to the arrival"] == "FAIL"
    assert (seen["missing"], seen["duplicates"]) == ("FAIL", "FAIL")
    slowly = verdicts(arriving.rows(told(100, rate=40), [post(0, 0.1)], 50))
    assert slowly["events per second"] == "FAIL"
    nothing = arriving.rows(told(3), [], 50)
    assert [row.value for row in nothing if row.name == "missing"] == ["3 of 3"]


def test_healthy_endpoints_memory_and_long_attempts_are_judged():
    peak = SimpleNamespace(before=100.0, most=120.0)
    seen = verdicts(broken.rows([0.1] * 197 + [6.0] * 3, 2, peak, 17.0))
    assert set(seen.values()) == {"FAIL"}
    peak.most = 110.0
    seen = verdicts(broken.rows([0.1] * 199 + [6.0], 0, peak, 15.2))
    assert set(seen.values()) == {"PASS"}
    assert "FAIL" in verdicts(broken.rows([], 200, peak, 1.0)).values()


def test_each_address_counts_once():
    emails = ["a@x.example", "b@x.example"]
    once = Counter(emails)
    assert set(verdicts(thousand.rows([0.5], emails, once, once)).values()) == {"PASS"}
    twice = once + Counter(["b@x.example", "somebody.else@x.example"])
    seen = verdicts(thousand.rows([0.5, 1.5], emails, once, twice))
    assert seen["seconds to 201"] == "UNSURE"
    assert seen["addresses announced exactly once"] == "PASS"
    assert seen["addresses emailed exactly once"] == "FAIL"
    assert seen["extra emails"] == "FAIL"


def step(people, late=0.1, wrong=()):
    heard = Heard(turns=[late] * people, wrong=list(wrong))
    return held.Step(people, 10.0, heard, ours=people / 100, databases=0.0, pss=120.0)


@pytest.mark.parametrize(("limit", "found"), [(137, 137), (40, 37), (50, 50), (0, None)])
def test_the_most_people_are_found_from_below(limit, found):
    asked = []

    def hold(people):
        asked.append(people)
        return step(people, 0.1 if people <= limit else 0.5)

    best, worse = held.most(hold, 50, lambda one: one.within(300))
    assert worse.people > limit
    assert (best.people if best else None) == pytest.approx(found, abs=13) or found is None
    assert best is None or best.people <= limit
    assert len(asked) == len(set(asked)) <= 7


def test_a_step_with_an_error_holds_nobody():
    assert not step(10, wrong=["reset"]).within(300)
    assert not held.Step(0, 1.0, Heard(), 0.0, 0.0, 1.0).within(300)
    assert "void" in str(step(10, wrong=["reset"]))
    rows = held.rows(step(100), step(200), [step(32, wrong=["reset"])], 100.0, 300)
    assert rows[-1].verdict == "void"


def test_what_is_held_is_told_for_a_core_and_for_memory():
    rows = {
        row.name: row.value
        for row in held.rows(step(200), step(800), [step(32)] * 3, 110.0, 300)
    }
    assert rows["people per core in use"] == "1000"
    assert rows["people per GiB in use"] == "1707"
    assert rows["turns per second per core in use"] == "100 [100–100]"
    assert rows["memory"] == "120 MiB, of which 110 at rest; 51 KiB more per participant"


def test_a_machine_that_others_hold_settles_nothing():
    few, many = step(50), step(800)  # half a CPU second, and eight, in ten seconds
    seen = verdicts(held.rows(few, many, [few], 110.0, 300))
    assert seen["cores in use beyond that"] == "PASS"
    seen = verdicts(held.rows(few, few, [few], 110.0, 300))
    assert seen["cores in use beyond that"] == "UNSURE"
    assert (
        verdicts(held.rows(None, few, [few], 110.0, 300))["concurrent interviews"] == "UNSURE"
    )
    assert verdicts(held.rows(None, many, [few], 110.0, 300))["concurrent interviews"] == "FAIL"
