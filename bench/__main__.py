"""Command line of the benchmarks: `python -m bench COMMAND`."""

import argparse
import sys
from importlib.util import find_spec

if not find_spec("playwright"):
    sys.exit(
        "The benchmarks need more packages. Run scripts/setup requirements-dev.lock first."
    )

from bench import (
    adversity,
    api,
    chaos,
    engine,
    fleet,
    grading,
    injections,
    interviews,
    listen,
    listening,
    long_answers,
    memory,
    pages,
    patterns,
    pictures,
    results,
    scale,
    soak,
    turn,
    voice,
    webhooks,
)

COMMANDS = {
    "api": api,
    "turn": turn,
    "engine": engine,
    "memory": memory,
    "long": long_answers,
    "patterns": patterns,
    "grading": grading,
    "scale": scale,
    "pages": pages,
    "listen": listen,
    "listening": listening,
    "pictures": pictures,
    "results": results,
    "webhooks": webhooks,
    "soak": soak,
    "interviews": interviews,
    "adversity": adversity,
    "injections": injections,
    "fleet": fleet,
    "chaos": chaos,
    "voice": voice,
}


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="Benchmarks and tests of promises."
    )
    commands = parser.add_subparsers(required=True)
    for name, module in COMMANDS.items():
        summary, _, details = (module.__doc__ or "").partition("\n\n")
        command = commands.add_parser(name, help=summary, description=f"{summary} {details}")
        module.arguments(command)
        command.set_defaults(run=module.run)
    given = parser.parse_args()
    given.run(given)


main()
