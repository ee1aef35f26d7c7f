"""Requirements for every interview, with many kinds of people: nothing lost, stop and danger
recognised, orders resisted, one question at a time, time kept.

How well the interviewer listens isn't measured here.
"""

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from bench.interviews import guarantees, material, personas, routes
from bench.interviews.record import Record
from bench.interviews.sheets import VERBOSITIES, Sheet, sheet


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--sheets", type=int, default=25, help="people per study")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--personas", default="", help="only these, separated by commas")
    parser.add_argument("--minutes", type=int, default=20)
    parser.add_argument("--only", default="", help="only this study")
    parser.add_argument("--semantic", action="store_true", help="with the semantic extra")
    parser.add_argument("--keep", default="var/interviews", help="folder for the transcripts")


def run(given: argparse.Namespace) -> None:
    began = time.monotonic()
    people = _people(given)
    with routes.served(SEMANTIC="on" if given.semantic else "off") as host:
        for study in {person.study.id: person.study for person in people}.values():
            host.publish(study, given.minutes)
        held = routes.hold_all(host, people, given.minutes)
    _keep(held, Path(given.keep))
    rows = guarantees.rows(held)
    guarantees.report(rows)
    for record in held:
        for fault in record.faults:
            print(f"fault: {record.name}: {fault}")
    print(f"{len(held)} interviews in {time.monotonic() - began:.0f} s; "
          f"transcripts in {given.keep}")  # fmt: skip
    if not all(row.holds for row in rows):
        raise SystemExit(1)


def _people(given: argparse.Namespace) -> list[Sheet]:
    chosen = [name for name in material.STUDIES if given.only in ("", name)]
    if not chosen:
        known = ", ".join(material.STUDIES)
        raise SystemExit(f"No such study: {given.only}. There are {known}.")
    return people_of(chosen, given.sheets, given.seed, personas.named(given.personas))


def people_of(
    studies: Sequence[str], each: int, seed: int, kinds: Sequence[str]
) -> list[Sheet]:
    """People for each study. Kinds of people rotate through all studies, with different
    verbosities in each rotation.
    """
    people: list[Sheet] = []
    for name in studies:
        for number in range(each):
            rounds, place = divmod(len(people), len(kinds))
            patience = personas.KINDS[kinds[place]].patience
            verbosity = VERBOSITIES[(rounds + place) % 3]
            people.append(
                sheet(material.study(name), number, seed, kinds[place], patience, verbosity)
            )
    return people


def _keep(held: list[Record], folder: Path) -> None:
    """Store each interview with the released facts and the decisions."""
    folder.mkdir(parents=True, exist_ok=True)
    for record in held:
        lines = [
            {
                "question": e.question,
                "heard": {**asdict(e.asked), "types": sorted(e.asked.types)},
                "answer": e.answer,
                "outcome": e.outcome.kind,
                "event": e.event,
                "facts": [record.sheet.facts[n].text for n in e.outcome.facts],
                "at": e.at,
            }
            for e in record.exchanges
        ]
        told = {
            "exchanges": lines,
            "completed": record.completed,
            "walked": record.walked,
            "closing": record.closing,
            "turns": record.turns,
        }
        path = folder / f"{record.name}.json"
        path.write_text(json.dumps(told, indent=1, ensure_ascii=False), "utf-8")
