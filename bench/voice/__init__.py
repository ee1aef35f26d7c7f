"""Spoken interviews: patience, time to the next question, interruptions, many people at once.

Needs the extra `voice` and Node.
"""

import argparse
from importlib import import_module

PARTS = ("patience", "latency", "overlap", "crowd")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--part", choices=PARTS, default="patience")
    parser.add_argument("--answers", type=int, default=200, help="of patience")
    parser.add_argument(
        "--voice", default="", help="folder with other models, as VOICE_MODEL_DIR"
    )
    parser.add_argument(
        "--turns", type=int, default=30, help="of latency, and of each in crowd"
    )
    parser.add_argument(
        "--service", choices=("local", "fast"), default="local", help="engines of latency"
    )
    parser.add_argument("--people", type=int, default=20, help="of crowd")


def run(given: argparse.Namespace) -> None:
    # The parts need libraries of the extra, and other benchmarks do not.
    import_module(f"bench.voice.{given.part}").run(given)
