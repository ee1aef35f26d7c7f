"""`python -m bench COMMAND`."""

import argparse
import sys
from importlib.util import find_spec

if not find_spec("playwright"):
    sys.exit(
        "Measuring needs more than serving: run scripts/setup requirements-dev.lock first."
    )

from bench import (
    adversity,
    api,
    chaos,
    engine,
    export,
    fleet,
    free,
    grading,
    injections,
    interviews,
    limits,
    listen,
    listening,
    llama,
    long_answers,
    memory,
    pages,
    patterns,
    peer,
    pictures,
    scale,
    search,
    soak,
    turn,
    webhooks,
)

COMMANDS = {
    "api": api,
    "turn": turn,
    "engine": engine,
    "memory": memory,
    "long": long_answers,
    "patterns": patterns,
    "limits": limits,
    "export": export,
    "free": free,
    "grading": grading,
    "scale": scale,
    "pages": pages,
    "listen": listen,
    "listening": listening,
    "pictures": pictures,
    "webhooks": webhooks,
    "peer": peer,
    "search": search,
    "soak": soak,
    "interviews": interviews,
    "adversity": adversity,
    "injections": injections,
    "llama": llama,
    "fleet": fleet,
    "chaos": chaos,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure and compare.")
    commands = parser.add_subparsers(required=True)
    for name, module in COMMANDS.items():
        command = commands.add_parser(name, help=module.__doc__)
        module.arguments(command)
        command.set_defaults(run=module.run)
    given = parser.parse_args()
    given.run(given)


main()
