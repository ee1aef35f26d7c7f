"""Weight and timing of each page in headless Chromium; with --sessions, how they grow."""

import argparse
import os
from typing import Final

from bench.pages import million
from bench.pages.aims import HEAD, Measured, line, missed
from bench.pages.browsing import SLOWER, chromium, visits
from bench.pages.inside import served
from bench.pages.places import STATES, everywhere
from bench.server import on_databases

CONSENT: Final = "interview: before it begins"
"""First page of a participant; later pages reuse what it loaded."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--rounds", type=int, default=5, help="first visits, or rounds per ratio"
    )
    parser.add_argument("--only-page", default="", help="only pages whose name contains this")
    parser.add_argument("--sessions", type=int, default=0,
                        help="instead: time of each dashboard page with this many sessions,"
                        " beside a thousand; a million takes some minutes to fill")  # fmt: skip
    on_databases(parser)


def run(given: argparse.Namespace) -> None:
    held = million.run(given) if given.sessions else _weighed(given)
    if not held:
        raise SystemExit(1)


def _weighed(given: argparse.Namespace) -> bool:
    """Measure every page on a server with the demo data, and return whether all meet their
    targets.
    """
    held = True
    with served() as (instance, inside, ids), chromium() as browser:
        cookie = inside.log_in(ids)
        slow = f"a processor {SLOWER} times slower, {given.rounds} rounds"
        print(f"\n## Pages, {slow}, load {os.getloadavg()[0]:.1f}\n")
        print(HEAD, flush=True)
        for place in everywhere(ids):
            if given.only_page not in place.name or place.who == "maker":
                continue
            later = place.who == "participant" and place.name != CONSENT
            before = STATES["before it begins"].format(**ids) if later else ""
            base = f"http://127.0.0.1:{instance.port}"
            first, again = visits(browser, base, place, cookie, before, given.rounds)
            asked = inside.queries(place.path, logged_in=place.who == "desk")
            page = Measured(place, first, again, asked)
            print(line(page), flush=True)
            held &= not missed(page)
    return held
