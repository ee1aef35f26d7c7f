"""Analysis of results: its quality on labelled answers, and its speed.

Parts that were developed with labelled answers print the figures for those held out beside them.
"""

import argparse
from types import ModuleType
from typing import Final

from bench.results import asking, scale, sentiment, themes
from bench.server import on_databases

PARTS: Final[dict[str, ModuleType]] = {
    "sentiment": sentiment,
    "themes": themes,
    "asking": asking,
    "scale": scale,
}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--part", choices=PARTS, action="append", help="default: all parts")
    parser.add_argument(
        "--semantic", action="store_true", help="with the model of the extra `semantic`"
    )
    scale.arguments(parser)
    on_databases(parser)


def run(given: argparse.Namespace) -> None:
    for name in given.part or PARTS:
        PARTS[name].run(given)
