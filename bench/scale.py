"""Growth: a million sessions compared with a thousand, concurrent interviews, webhook
deliveries.
"""

import argparse
from collections.abc import Mapping
from types import ModuleType

from bench import growth, held, telling
from bench.server import on_databases

PARTS: Mapping[str, ModuleType] = {"lists": growth, "interviews": held, "deliveries": telling}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--part", choices=PARTS, help="only this part")
    for part in PARTS.values():
        part.arguments(parser)
    on_databases(parser)


def run(given: argparse.Namespace) -> None:
    for name, part in PARTS.items():
        if given.part in (None, name):
            part.run(given)
