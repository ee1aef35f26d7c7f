"""What an interviewer learns from simulated people, and how it treats them."""

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from bench.interviews import forms, formulas, material, oracle, personas, routes, sanity, table
from bench.interviews.formulas import Measured
from bench.interviews.oracle import Best
from bench.interviews.participant import EARS
from bench.interviews.record import Record, recalled
from bench.interviews.sheets import VERBOSITIES, Sheet, sheet

QUICK = ("health", "commuting")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--sheets", type=int, default=25, help="people a study")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--personas", default="", help="some kinds only, with commas")
    parser.add_argument("--simulator", default="", choices=["", *EARS], help="one of the two")
    parser.add_argument("--minutes", type=int, default=20, choices=(20, 30))
    parser.add_argument("--only", default="", help="one study")
    parser.add_argument("--quick", action="store_true", help="two studies, a narrow oracle")
    parser.add_argument("--semantic", action="store_true", help="with the semantic extra")
    parser.add_argument("--keep", default="var/interviews", help="folder for the transcripts")


def run(given: argparse.Namespace) -> None:
    began = time.monotonic()
    people = _people(given)
    simulators = [given.simulator] if given.simulator else list(EARS)
    pairs = [(person, simulator) for simulator in simulators for person in people]
    with routes.served(SEMANTIC="on" if given.semantic else "off") as host:
        for study in {person.study.id: person.study for person in people}.values():
            host.publish(study, given.minutes)
        held = routes.hold_all(host, pairs, given.minutes)
    _keep(held, Path(given.keep))
    width = 10 if given.quick else oracle.WIDTH
    bests = {p.id: oracle.best(p, given.minutes, width) for p in people}
    plays = {
        name: [
            forms.play(name, person, simulator, given.minutes) for person, simulator in pairs
        ]
        for name in forms.NAMES
    }
    _report(held, plays, bests, given.minutes)
    sanity.check(people)
    print(f"{len(held)} interviews in {time.monotonic() - began:.0f} s; "
          f"transcripts in {given.keep}")  # fmt: skip


def _people(given: argparse.Namespace) -> list[Sheet]:
    names = QUICK if given.quick else (*material.TUNED, *material.REPORTED)
    chosen = [name for name in names if given.only in ("", name)]
    if not chosen:
        raise SystemExit(f"No such study: {given.only}. There are {', '.join(names)}.")
    return people_of(chosen, given.sheets, given.seed, personas.named(given.personas))


def people_of(
    studies: Sequence[str], each: int, seed: int, kinds: Sequence[str]
) -> list[Sheet]:
    """So many people a study. Kinds of people go round through all the studies, in each round with
    other verbosities.
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


def _report(
    held: list[Record], plays: dict[str, list[Record]], bests: dict[str, Best], minutes: int
) -> None:
    rivals = [
        {name: recalled(plays[name][n]) for name in ("fixed", "generic")}
        for n in range(len(held))
    ]
    measured = [
        formulas.measure(record, bests[record.sheet.id], others)
        for record, others in zip(held, rivals, strict=True)
    ]
    fixed = [formulas.measure(r, bests[r.sheet.id]) for r in plays["fixed"]]
    groups: dict[tuple[str, bool], list[Measured]] = {}
    for m in measured:
        key = (m.record.simulator, m.record.sheet.study.tuned)
        groups.setdefault(key, []).append(m)
    new = [m for m in fixed if not m.record.sheet.study.tuned] or fixed
    best = [bests[r.sheet.id] for r in held]
    print(f"\n## {minutes} minutes\n")
    table.figures(groups, new, minutes)
    print("\n## By people\n")
    table.kinds(measured)
    print("\n## In order\n")
    recalls = {name: list(map(recalled, played)) for name, played in plays.items()}
    recalls |= {"ours": list(map(recalled, held)), "oracle": [b.recall for b in best]}
    table.order(recalls)
    print()
    shown = {name: plays[name] for name in ("fixed", "generic", "long", "naive", "ladder")}
    table.chart({**shown, "ours": held, "oracle": best}, held, minutes)
    print()
    table.times(held)
    for record in held:
        for fault in record.faults:
            print(f"fault: {record.name}: {fault}")


def _keep(held: list[Record], folder: Path) -> None:
    """Each interview as it went, with what was released and the stored decisions."""
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
