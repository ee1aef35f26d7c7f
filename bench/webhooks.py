"""Webhooks and mails as they are promised (W1–W9), and a thousand invites in one call."""

import argparse

from bench import arriving, broken, proven, thousand
from bench.server import databases, on_databases

MEASURES = {"arriving": arriving.run, "broken": broken.run, "thousand": thousand.run}
PARTS = (*MEASURES, "tests")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--part", choices=PARTS, help="this alone; all of them otherwise")
    parser.add_argument("--seconds", type=float, default=60, help="that W1 lasts, at most 240")
    parser.add_argument("--rate", type=float, default=50, help="W1's events a second")
    parser.add_argument("--calls", type=int, default=3, help="of a thousand invites each")
    on_databases(parser)


def run(given: argparse.Namespace) -> None:
    for part, measure in MEASURES.items():
        if given.part in (None, part):
            for name, server in databases(given):
                measure(name, server, given)
    if given.part in (None, "tests"):
        proven.run()
