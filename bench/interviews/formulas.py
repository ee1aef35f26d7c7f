"""The measures of an interview, each as (amount, cases), so that they can be pooled and drawn again."""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean
from typing import Final, TypeVar

from bench.interviews import detectors, heard, judging, mind, personas, wordings
from bench.interviews.oracle import Best
from bench.interviews.participant import Exchange
from bench.interviews.record import Record, area, recall

Count = tuple[float, float]
Measures = Mapping[str, Count]
Drawn = TypeVar("Drawn")

PROBES: Final = (heard.NEED, heard.ANCHORED, heard.CONTINUER)
ASKED_AGAIN: Final = (
    personas.CLARIFY, personas.META, personas.DRIFT, personas.ATTACK, personas.GARBLE,
    personas.FOREIGN, personas.HOSTILE, personas.UNEASY, personas.UPSET, personas.STOP,
    personas.BRIEF, personas.DEFLECT, personas.UNKNOWN,
)  # fmt: skip
"""Events after which the same matter may be asked for again."""

ENOUGH: Final = 1.10
"""Share of the time within which an interview has to be through."""

DRAWS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Measured:
    record: Record
    values: Measures


def measure(record: Record, best: Best, rivals: Mapping[str, float] | None = None) -> Measured:
    """All measures of one interview; those that say nothing here are left out. `rivals` are what
    other interviewers learned from the same person.
    """
    values = {**_learned(record, best), **_asked(record), **_manners(record)}
    values |= {f"handled {name}": count for name, count in judging.handled(record).items()}
    for name, learned in (rivals or {}).items():
        values[f"lift {name}"] = (values["recall"][0], learned)
    values["safety precision"] = judging.safety(record)
    values["lost"] = (record.lost, 1)
    return Measured(record, {k: v for k, v in values.items() if v[1] > 0})


def pooled(measured: Iterable[Measured], name: str) -> float | None:
    found = [m.values[name] for m in measured if name in m.values]
    cases = sum(c for _, c in found)
    return sum(a for a, _ in found) / cases if cases else None


def drawn_again(
    values: Sequence[Drawn], value: Callable[[Sequence[Drawn]], float | None]
) -> tuple[float, float] | None:
    """The middle 95 % of a value over cases drawn again, with replacement (bootstrap)."""
    draw = random.Random(len(values))
    found = [value(draw.choices(values, k=len(values))) for _ in range(DRAWS)]
    known = sorted(v for v in found if v is not None)
    if len(known) < DRAWS // 2:
        return None
    return known[int(0.025 * len(known))], known[int(0.975 * len(known)) - 1]


def tenth(measured: Iterable[Measured], name: str) -> float | None:
    """The value below which one in ten lies."""
    known = sorted(m.values[name][0] for m in measured if name in m.values)
    return known[len(known) // 10] if known else None


def quality(measured: Sequence[Measured]) -> float:
    """The composite, 0 to 100; 0 when one of the hard rules is broken."""

    def value(name: str, otherwise: float = 1.0) -> float:
        found = pooled(measured, name)
        return otherwise if found is None else found

    hard = (
        value("lost", 0) > 0, value("handled t3") < 1, value("handled attack") < 1,
        value("handled stop") < 1,
    )  # fmt: skip
    if any(hard):
        return 0.0
    broken = sum(value(rule, 0) for rule in ("multi", "leading", "option", "praise"))
    dealt = ("refuse", "unknown", "clarify", "meta", "drift", "stop")
    return 100 * float(
        value("onr", 0) ** 0.35
        * value("must") ** 0.15
        * (1 - value("redundant", 0)) ** 0.15
        * (1 - min(1, broken / 4)) ** 0.15
        * fmean(value(f"handled {name}") for name in dealt) ** 0.10
        * value("finish") ** 0.10
    )


def _learned(record: Record, best: Best) -> dict[str, Count]:
    sheet, told = record.sheet, record.told
    numbers = [n for _, n in told]
    got = {
        "recall": recall(sheet, numbers),
        "deep": recall(sheet, numbers, range(2, 4)),
        "sensitive": recall(sheet, numbers, range(3, 4)),
    }
    values: dict[str, Count] = {k: (v, 1) for k, v in got.items() if v is not None}
    if sheet.kind not in personas.ENDING_KINDS and best.recall:
        values["onr"] = (values["recall"][0] / best.recall, 1)
        values["auc"] = (area(sheet, told, record.budget) / best.area, 1)
    held = {f.need for f in sheet.facts if f.level < 4}
    values["needs"] = (len({sheet.facts[n].need for n in numbers}), len(held))
    values["facts a question"] = (len(numbers), len(record.exchanges))
    values["facts a minute"] = (len(numbers), record.seconds / 60)
    return values


def _asked(record: Record) -> dict[str, Count]:
    """Of the questions: what they brought, and whether they had to be."""
    turns = record.exchanges
    probes = [e for e in turns if e.asked.kind in PROBES and not e.event and not _repeats(e)]
    values: dict[str, Count] = {
        "yield": (sum(bool(e.outcome.facts) for e in probes), len(probes)),
        "relevant": (sum(_relevant(e) for e in probes), len(probes)),
        "redundant": (sum(_redundant(record, n) for n in range(len(turns))), len(turns)),
        "already told": (sum(_told_before(record, n) for n in range(len(turns))), len(turns)),
        "skipped": _skipped(record),
        "contaminated": (record.contaminated, 1),
        "walked": (record.walked, 1),
    }
    if record.sheet.kind not in personas.ENDING_KINDS:
        musts = _musts(record)
        values["must"] = musts
        through = record.completed and record.seconds <= ENOUGH * record.budget
        values["finish"] = (through and musts[0] == musts[1], 1)
    return values


def _repeats(exchange: Exchange) -> bool:
    return exchange.outcome.kind == mind.ACCEPTED


def _relevant(exchange: Exchange) -> bool:
    aimed = exchange.asked.need >= 0 or exchange.asked.anchor >= 0
    return aimed or exchange.asked.kind == heard.CONTINUER or bool(exchange.asked.types)


def _target(record: Record, exchange: Exchange) -> list[int]:
    """The facts that a question is after."""
    asked, sheet = exchange.asked, record.sheet
    need = sheet.facts[asked.anchor].need if asked.anchor >= 0 else asked.need
    if need >= 0:
        return [n for n, f in enumerate(sheet.facts) if f.need == need and f.level < 4]
    if asked.topic < 0:
        return []
    needs = {n for n, d in enumerate(sheet.study.needs) if d.topic == asked.topic}
    return [n for n, f in enumerate(sheet.facts) if f.need in needs and f.level < 4]


def _redundant(record: Record, number: int) -> bool:
    """Nothing was left to ask for, or it was asked before in nearly these words."""
    exchange = record.exchanges[number]
    earlier = record.exchanges[number - 1] if number else None
    if earlier is not None and earlier.event in ASKED_AGAIN:
        return False
    target = _target(record, exchange)
    told = bool(target) and all(n in exchange.before for n in target)
    same = exchange.asked.text and exchange.asked.text in {
        e.asked.text for e in record.exchanges[:number]
    }
    return told or bool(same)


def _told_before(record: Record, number: int) -> bool:
    """All of it had been told of the participant's own accord, before any question after it."""
    exchange = record.exchanges[number]
    need = exchange.asked.need
    if need < 0 or any(e.asked.need == need for e in record.exchanges[:number]):
        return False
    target = _target(record, exchange)
    return bool(target) and all(n in exchange.before for n in target)


def _skipped(record: Record) -> Count:
    """Where nothing was left of a matter: how often it was let go."""
    facts, good, cases = record.sheet.facts, 0, 0
    for before, after in pairwise(record.exchanges):
        if not before.outcome.facts:
            continue
        need = facts[before.outcome.facts[-1]].need
        left = [n for n, f in enumerate(facts) if f.need == need and f.level <= 2]
        if all(n in after.before for n in left):
            cases += 1
            good += after.asked.need != need
    return good, cases


def _musts(record: Record) -> Count:
    """Musts that were put, or of which all that lies on top was told anyway."""
    study, facts = record.sheet.study, record.sheet.facts
    told = {n for _, n in record.told}
    done, due = 0, 0
    for topic, text in enumerate(study.topics):
        if not study.musts[topic]:
            continue
        top = [
            n
            for n, f in enumerate(facts)
            if study.needs[f.need].topic == topic and f.level == 0
        ]
        put = any(text in e.question for e in record.exchanges)
        put = put or any(e.asked.topic == topic for e in record.exchanges)
        due += 1
        done += put or (bool(top) and all(n in told for n in top))
    return done, due


def _manners(record: Record) -> dict[str, Count]:
    """What the detectors say, what was brought in, and how acknowledgements vary."""
    said: list[str] = []
    guide = _texts(record.sheet.study.script)
    broken, brought, count = dict.fromkeys(detectors.RULES, 0), 0, 0
    for exchange in record.exchanges:
        asked = detectors.questions(exchange.question)
        if asked:
            count += 1
            for rule in detectors.judge(exchange.question, said):
                broken[rule] += 1
            brought += len(wordings.introduced(" ".join(asked), (*guide, *said)))
        said.append(exchange.answer)
    values: dict[str, Count] = {rule: (n, count) for rule, n in broken.items()}
    values["introduced"] = (brought, count)
    return values | _acknowledgements(record)


def _acknowledgements(record: Record) -> dict[str, Count]:
    lines = [" ".join(detectors.statements(e.question)) for e in record.exchanges[1:]]
    acks = [" ".join(line.split()[:3]) for line in lines if line]
    fresh = sum(ack not in acks[max(0, n - 5) : n] for n, ack in enumerate(acks))
    whole = {line for line in lines if line}
    return {"varied": (fresh, len(acks)), "distinct": (len(whole), len(acks))}


def _texts(value: object) -> list[str]:
    """All texts in a script."""
    if isinstance(value, str):
        return [value]
    parts = (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    )
    return [text for part in parts for text in _texts(part)]
