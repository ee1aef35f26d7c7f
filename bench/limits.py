"""CPU of the limiter for each call, in floors: in this process, with it and without."""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.test import EnvironBuilder

from bench.floor_list import Floor
from interviewrelay.adapters.rate_limits.embedded import Window
from interviewrelay.core.actor import Actor
from interviewrelay.core.config import settings
from interviewrelay.web.middleware import rate_limits

GOALS = {"embedded": 0.5, "redis": 3.0}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rounds", type=int, default=31)
    parser.add_argument("--calls", type=int, default=200, help="in each round")
    parser.add_argument("--redis", default=os.environ.get("TEST_REDIS_URL"), help="its address")


def run(given: argparse.Namespace) -> None:
    # Whose key it is, is found by whoever checks the key: it is no cost of the limiter.
    actor = Actor("org", "member", "user", "owner", frozenset())
    vars(rate_limits)["key_actor"] = lambda: actor
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for name, url in {"embedded": None, "redis": given.redis}.items():
            if name == "embedded" or url:
                _compare(Path(folder) / name, name, url, given)


def _compare(folder: Path, name: str, url: str | None, given: argparse.Namespace) -> None:
    """A route that does nothing, in an application with the limiter and in one without."""
    limiter: Any = None

    def application(*, limited: bool) -> Flask:
        nonlocal limiter
        app = Flask("bench")
        app.add_url_rule("/login", "pages.send_log_in", lambda: "", methods=["POST"])
        app.add_url_rule("/api/nothing", "nothing", lambda: "{}")
        if limited:
            more = {"REDIS_URL": url} if url else {}
            limiter = rate_limits.register(
                app, settings.read({"INSTANCE_DIR": str(folder), **more})
            )
        return app

    limited, bare, floor = application(limited=True), application(limited=False), Floor(folder)
    window = Window("bench", 3600)
    ways: dict[str, Callable[[], float]] = {
        "floor": lambda: _cpu(lambda: _answer(floor.wsgi_app), given.calls),
        "without": lambda: _cpu(lambda: _answer(bare.wsgi_app), given.calls),
        "with": lambda: _cpu(lambda: _answer(limited.wsgi_app), given.calls),
        "the count alone": lambda: _cpu(lambda: limiter.count(window), given.calls),
    }
    told: dict[str, list[float]] = {way: [] for way in ways}
    for turn in range(given.rounds + 1):
        for way in list(ways) if turn % 2 else reversed(ways):
            spent = ways[way]()
            if turn:  # the first round warms up
                told[way].append(spent)
    middle = {way: statistics.median(spent) for way, spent in told.items()}
    costs = zip(told["with"], told["without"], told["floor"], strict=True)
    ratios = sorted((more - less) / least for more, less, least in costs)
    cost = statistics.median(ratios)
    print(f"{name}: load {os.getloadavg()[0]:.1f}; µs of CPU a call: ", end="")
    print(", ".join(f"{way} {spent:.0f}" for way, spent in middle.items()))
    print(f"  the limiter costs {cost:.2f} floors [{ratios[0]:.2f}–{ratios[-1]:.2f}]: ", end="")
    print(f"{'PASS' if cost <= GOALS[name] else 'FAIL'} goal 10 (at most {GOALS[name]})")


def _answer(application: Any) -> None:
    def start(status: str, *_: Any) -> None:
        if not status.startswith("200"):
            raise RuntimeError(status)

    body: Iterable[bytes] = application(dict(ENVIRON), start)
    b"".join(body)
    getattr(body, "close", lambda: None)()


def _cpu(act: Callable[[], object], calls: int) -> float:
    """Microseconds of CPU for one call."""
    began = time.process_time()
    for _ in range(calls):
        act()
    return (time.process_time() - began) / calls * 1e6


ENVIRON = EnvironBuilder("/api/nothing").get_environ()
