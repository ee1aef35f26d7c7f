"""What a soak is judged by: growth by the number of calls, and bounds."""

from dataclasses import replace

from bench import soak

STILL = [soak.Look(n * 100, 100.0, 60.0, 40, 1.0) for n in range(60)]


def verdicts(looks, wrong=()):
    return {row.name: row.verdict for row in soak.judge(looks, wrong, 1.0) if row.aim}


def test_what_stays_as_it_is_passes():
    assert set(verdicts(STILL).values()) == {"PASS"}


def test_what_is_filled_at_first_is_no_growth():
    filled = [replace(look, server=60.0 + n * 4) for n, look in enumerate(STILL[:9])]
    assert set(verdicts([*filled, *STILL[9:]]).values()) == {"PASS"}


def test_growth_is_told_to_ten_thousand_calls():
    leaking = [replace(look, server=100 + look.requests * 2 / soak.EACH) for look in STILL]
    assert round(soak.growth(leaking, "server"), 6) == 2
    assert verdicts(leaking)["server, MiB added per 10,000 requests"] == "FAIL"


def test_each_bound_fails():
    for changes, row in (
        ({"server": 301.0}, "server, MiB at most"),
        ({"worker": 151.0}, "worker, MiB at most"),
        ({"log": 65.0}, "SQLite's log, MiB at most"),
        ({"files": 46}, "open files, more in the second half"),
    ):
        last = replace(STILL[-1], **changes)
        assert verdicts([*STILL[:-1], last])[row] == "FAIL"
    assert verdicts(STILL, ["GET /: 500"])["unexpected responses"] == "FAIL"


def test_nothing_is_told_of_too_little():
    assert verdicts(STILL[:2]) == {"snapshots": "void"}
