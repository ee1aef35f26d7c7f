"""Webhooks and email under load: steady events, broken endpoints, a thousand invites in one
call.
"""

import argparse

from bench import arriving, broken, thousand
from bench.server import databases, on_databases

MEASURES = {"arriving": arriving.run, "broken": broken.run, "thousand": thousand.run}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--part", choices=MEASURES, help="only this part")
    parser.add_argument("--seconds", type=float, default=60, help="duration of W1, at most 240")
    parser.add_argument("--rate", type=float, default=50, help="W1's events per second")
    parser.add_argument(
        "--calls", type=int, default=3, help="calls with a thousand invites each"
    )
    on_databases(parser)


def run(given: argparse.Namespace) -> None:
    for part, measure in MEASURES.items():
        if given.part in (None, part):
            for name, server in databases(given):
                measure(name, server, given)
