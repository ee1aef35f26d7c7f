"""Two servers, two workers, PostgreSQL, Redis and nginx as shipped, while parts of them die."""

import argparse
import os
import statistics
import sys
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, Final

from bench.commands import ROOT
from bench.fleet import proof
from bench.fleet.callers import Callers
from bench.fleet.machines import Fleet
from bench.fleet.people import Held, Line, Participant
from bench.fleet.upsets import Kills, OverItsLimit, RedisAway, Stops
from bench.server import fresh_database

FREE: Final = 100
"""API calls per hour on the Free plan."""
AT_A_TIME: Final = 100
"""Invites per call."""
CATCHES_UP: Final = 120.0
"""Seconds within which webhooks must arrive; a killed worker's leases expire after 60."""
REDIS_GONE: Final = 20.0
BEYOND: Final = "calls let through beyond the limit"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--server", default=os.environ.get("TEST_DATABASE_URL", ""),
                        help="PostgreSQL server; started if missing")  # fmt: skip
    parser.add_argument("--people", type=int, default=200, help="concurrent participants")
    parser.add_argument("--pause", type=float, default=8.0, help="average seconds to think")
    parser.add_argument("--every", type=float, default=20.0, help="seconds between two kills")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--redis-stops", action="store_true",
                        help="kill only Redis, for 20 seconds")  # fmt: skip
    parser.add_argument("--rolling", action="store_true",
                        help="instead: restart both servers in turn during --requests")  # fmt: skip
    parser.add_argument("--requests", type=int, default=5_000)


def run(given: argparse.Namespace) -> None:
    if not given.server:
        _with_a_server()
    with _fleet(given.server) as fleet:
        held = rolling(fleet, given) if given.rolling else interviews(fleet, given)
    if not held:
        raise SystemExit(1)


def interviews(fleet: Fleet, given: argparse.Namespace) -> bool:
    """Hold interviews, and return whether nothing was lost or duplicated."""
    receiver = proof.Receiver()
    try:
        return _interviews(fleet, given, receiver)
    finally:
        receiver.close()


def _interviews(fleet: Fleet, given: argparse.Namespace, receiver: proof.Receiver) -> bool:
    _subscribe(fleet, receiver.url)
    people = [
        Participant(fleet.nginx, number, token, given.pause)
        for number, token in enumerate(_invited(fleet, given.people))
    ]
    limited = OverItsLimit(Line(fleet.nginx, 499), fleet.fixtures["FREE"]["key_owner"], FREE)
    limited.exhaust()
    limited.start()
    began = time.monotonic()
    away = RedisAway(fleet, after=3 * given.pause, seconds=REDIS_GONE)
    kills = Kills(fleet, given.every, given.seed)
    (away if given.redis_stops else kills).start()
    held = _held(people)
    ended = time.monotonic()
    if given.redis_stops:
        away.join()
    else:
        kills.end()
    limited.end()
    caught = _caught_up(fleet, held, receiver)
    found = proof.wrong(fleet, held, receiver.seen)
    upset = (
        f"Redis gone for {REDIS_GONE:.0f} s" if given.redis_stops else f"{kills.count} × kills"
    )
    found.faults = fleet.faults()
    counts = _counts(found, limited)
    if given.redis_stops:  # each process counts for itself meanwhile
        del counts[BEYOND]
    _report(held, found, counts, limited, upset, ended - began, caught)
    if not (away.back < ended if given.redis_stops else kills.count):
        print("  FAIL: the interviews ended too soon; use a longer --pause")
        return False
    return not any(counts.values())


def _report(
    held: Sequence[Held],
    found: proof.Wrong,
    counts: dict[str, int],
    limited: OverItsLimit,
    upset: str,
    took: float,
    caught: float,
) -> None:
    seconds = sorted(s for one in held for s in one.seconds)
    print(f"{len(held)} participants, {len(seconds)} turns in {took:.0f} s; {upset}; "
          f"load {os.getloadavg()[0]:.1f}")  # fmt: skip
    for name, count in counts.items():
        print(f"  {name:<38}{count:>7}  {'PASS' if not count else 'FAIL'}")
    print(f"  {'retries by participants':<38}{sum(one.retries for one in held):>7}")
    print(f"  {'refused calls over the limit':<38}{limited.statuses.get(429, 0):>7}")
    print(f"  {'webhooks delivered after the end':<38}{caught:>6.1f} s")
    print(f"  time from sending to confirmation: p50 {_at(seconds, 0.5)}, p95 {_at(seconds, 0.95)}, "
          f"p99 {_at(seconds, 0.99)}")  # fmt: skip
    for name in ("failed", "lost", "doubled", "charges", "events", "doctor", "faults"):
        for line in getattr(found, name)[:5]:
            print(f"    {name}: {line}")


def _counts(found: proof.Wrong, limited: OverItsLimit) -> dict[str, int]:
    """Counts that must be zero."""
    return {
        "interviews that failed": len(found.failed),
        "answers confirmed and lost": len(found.lost),
        "turns or interviews doubled": len(found.doubled),
        "charged twice, or not": len(found.charges),
        "events missing or doubled": len(found.events),
        "checks of the doctor that fail": len(found.doctor),
        "exceptions in the logs": len(found.faults),
        BEYOND: limited.let_through,
    }


def rolling(fleet: Fleet, given: argparse.Namespace) -> bool:
    """Restart servers in turn, and return whether no request failed."""
    stops, invite = Stops(fleet), partial(_invited, fleet)
    callers = Callers(fleet, invite, given.requests, lambda: stops.all_of_them)
    began = time.monotonic()
    stops.start()
    callers.call()
    stops.end()
    took = time.monotonic() - began
    query = "SELECT name FROM project WHERE name LIKE 'P %%'"
    stored = Counter(name for (name,) in proof.Books(fleet.database_url).rows(query))
    doubled = sum(times - 1 for times in stored.values())
    lost = len(set(callers.made) - set(stored))
    wrong = {
        "requests that failed": sum(callers.failed.values()),
        "changes confirmed and lost": lost,
        "changes done twice": doubled,
        "exceptions in the logs": len(fleet.faults()),
        "servers that did not exit with 0": sum(code != 0 for code in stops.exits),
    }
    seconds = sorted(callers.seconds)
    print(f"{callers.sent} requests in {took:.0f} s; {stops.count} servers "
          f"restarted, each stopped within {stops.slowest:.1f} s; "
          f"load {os.getloadavg()[0]:.1f}")  # fmt: skip
    for name, count in wrong.items():
        print(f"  {name:<38}{count:>7}  {'PASS' if not count else 'FAIL'}")
    print(f"  time of a request: p50 {_at(seconds, 0.5)}, p95 {_at(seconds, 0.95)}, "
          f"p99 {_at(seconds, 0.99)}, longest {_at(seconds, 1)}")  # fmt: skip
    for what, count in callers.failed.most_common(8):
        print(f"    failed: {what}: {count}")
    return not any(wrong.values())


def _with_a_server() -> None:
    """Run this command again with its own PostgreSQL."""
    words = [
        str(ROOT / "scripts" / "services"),
        sys.executable,
        "-P",
        "-m",
        "bench",
        *sys.argv[1:],
    ]
    os.execv(words[0], words)


@contextmanager
def _fleet(server: str) -> Iterator[Fleet]:
    """Fleet on a new database, removed afterwards."""
    with fresh_database(server) as url:
        fleet = Fleet(url)
        try:
            fleet.start()
            yield fleet
        finally:
            fleet.close()


def _subscribe(fleet: Fleet, url: str) -> None:
    """Subscribe to the events of each interview."""
    line, a = Line(fleet.nginx, 498), fleet.fixtures["A"]
    key = {"Authorization": f"Bearer {a['key_owner']}"}
    body = {"url": url, "events": list(proof.TOLD)}
    _must(*line.call("POST", "/api/webhooks", body, key))
    line.close()


def _invited(fleet: Fleet, count: int) -> list[str]:
    """Tokens of new invites."""
    line, a, tokens = Line(fleet.nginx, 497), fleet.fixtures["A"], list[str]()
    mark = uuid.uuid4().hex[:6]
    for first in range(0, count, AT_A_TIME):
        emails = [
            f"fleet-{mark}-{n}@example.com" for n in range(first, min(first + AT_A_TIME, count))
        ]
        path = f"/api/campaigns/{a['campaign_id']}/invites"
        keys = {
            "Authorization": f"Bearer {a['key_owner']}",
            "Idempotency-Key": uuid.uuid4().hex,
        }
        made = _must(*line.call("POST", path, {"emails": emails, "send_email": False}, keys))
        tokens += [invite["token"] for invite in made["invites"]]
    line.close()
    return tokens


def _must(status: int, heard: Any) -> Any:
    if status != 201:
        raise RuntimeError(f"answered {status}: {heard}")
    return heard


def _held(people: Sequence[Participant]) -> list[Held]:
    threads = [threading.Thread(target=one.hold, daemon=True) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [one.held for one in people]


def _caught_up(fleet: Fleet, held: Sequence[Held], receiver: proof.Receiver) -> float:
    """Seconds until the last event arrived, or until the wait was given up."""
    sessions, began = [one.session_id for one in held if one.session_id], time.monotonic()
    books = proof.Books(fleet.database_url)
    while time.monotonic() < began + CATCHES_UP:
        if not books.missing(receiver.seen, sessions) and not books.owed(sessions):
            break
        time.sleep(0.5)
    return time.monotonic() - began


def _at(ordered: Sequence[float], share: float) -> str:
    if not ordered:
        return "none"
    place = min(len(ordered) - 1, int(share * len(ordered)))
    found = statistics.median(ordered) if share == 0.5 else ordered[place]
    return f"{found * 1000:.0f} ms"
