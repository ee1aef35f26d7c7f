"""Blind grading: packs of transcripts that give nobody away, and graders' forms as a table.

A pack is a folder of `T1.md`, … with the same greeting and neutral notices, and a `key.json` that
graders do not see: whose interview each of them is. A form is a JSON file `grader-N.json` beside them:
by transcript the mark of the whole (1 to 5, 3 like an average human expert) and a label for each turn
of the interviewer (4 what a skilled interviewer would ask, 3 acceptable, 2 off the point, 1 nonsense,
answered already or harmful), with flags.
"""

import argparse
import json
import random
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

GREETING: Final = (
    "Hello. This is an interview by an automated interviewer on behalf of the people behind this "
    "study."
)
LABELS: Final = (4, 3, 2, 1)
MAJORITY: Final = 2

Form = Mapping[str, Mapping[str, Any]]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("do", choices=("pack", "table"))
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "sessions", nargs="*", metavar="NAME=FILE", help="transcripts as the API gives them"
    )
    parser.add_argument("--seed", type=int, default=1)


def run(given: argparse.Namespace) -> None:
    if given.do == "table":
        print(table(given.folder))
        return
    named = [session.partition("=") for session in given.sessions]
    pack(given.folder, {name: Path(file) for name, _, file in named}, given.seed)


def pack(folder: Path, sessions: Mapping[str, Path], seed: int) -> None:
    """Write the transcripts in an order drawn by lot, and the key."""
    folder.mkdir(parents=True, exist_ok=True)
    names = sorted(sessions)
    random.Random(seed).shuffle(names)
    key = {f"T{n}": name for n, name in enumerate(names, 1)}
    for label, name in key.items():
        told = json.loads(sessions[name].read_text(encoding="utf-8"))
        text = f"# Transcript {label}\n\n{transcript(told)}\n"
        (folder / f"{label}.md").write_text(text, encoding="utf-8")
    (folder / "key.json").write_text(json.dumps(key, indent=1) + "\n", encoding="utf-8")


def transcript(told: Mapping[str, Any]) -> str:
    """A transcript of the API as graders read it."""
    lines = []
    for turn in told["turns"]:
        who = "P" if turn["speaker"] == "participant" else "I"
        lines.append(f"**{who} {turn['number']}** {_neutral(turn)}")
    return "\n\n".join(lines)


def _neutral(turn: Mapping[str, Any]) -> str:
    """What was said, without what gives the interviewer away."""
    text = str(turn["text"])
    if turn["number"] == 1:
        question = (turn.get("decision") or {}).get("details", {}).get("question", text)
        return f"{GREETING} {question}"
    if turn["speaker"] == "participant":
        return text
    return re.sub(r"\S*\d{3,}[\d\s]*\S*", "[notice: where to find help]", text)


Pack = tuple[Mapping[str, str], Sequence[Form]]


def _packs(folder: Path) -> list[Pack]:
    """The keys and forms of a folder, or of all packs in it."""
    keys = [folder / "key.json"] if (folder / "key.json").exists() else []
    found: list[Pack] = []
    for path in keys or sorted(folder.glob("*/key.json")):
        forms = [
            json.loads(form.read_text(encoding="utf-8"))
            for form in sorted(path.parent.glob("grader-*.json"))
        ]
        found.append((json.loads(path.read_text(encoding="utf-8")), forms))
    return found


def table(folder: Path) -> str:
    """The forms of a folder: marks of the whole with their median, labels and flags of the turns."""
    packs = _packs(folder)
    lines = [
        "| Interview | whole | median | turns | 4 / 3 / 2 / 1 % | flags |",
        "|---" * 6 + "|",
    ]
    lines += [
        _row(name, label, forms)
        for key, forms in packs
        for label, name in sorted(key.items(), key=lambda k: k[1])
    ]
    return "\n".join([*lines, "", *_summary(packs)])


def _summary(packs: Sequence[Pack]) -> list[str]:
    """By interviewer, which is the end of a transcript's name: the mean of the medians, the labels of
    all turns, and how often graders would rather have held one than another with the same person.
    """
    marks: dict[str, list[float]] = defaultdict(list)
    medians: dict[str, list[int]] = defaultdict(list)
    won: Counter[tuple[str, str]] = Counter()
    for key, forms in packs:
        kinds = {label: name.rpartition("-")[2] for label, name in key.items()}
        for label, kind in kinds.items():
            marks[kind].append(statistics.median(int(form[label]["whole"]) for form in forms))
            medians[kind] += _medians(label, forms)
        for ranks in (r for form in forms for r in form.get("D", {}).get("ranks", ())):
            order = [kinds[label] for label in ranks]
            won.update((a, b) for n, a in enumerate(order) for b in order[n + 1 :])
    lines = ["| Interviewer | interviews | mean | 4 / 3 / 2 / 1 % |", "|---" * 4 + "|"]
    lines += [
        f"| {kind} | {len(marks[kind])} | {statistics.fmean(marks[kind]):.2f} | "
        f"{_shares(medians[kind])} |"
        for kind in sorted(marks)
    ]
    told = [f"{a} over {b}: {n} of {n + won[b, a]}" for (a, b), n in sorted(won.items())]
    return [*lines, *(["", "Preferred: " + "; ".join(told)] if told else [])]


def _medians(label: str, forms: Sequence[Form]) -> list[int]:
    """The median label of each turn of the interviewer."""
    labels: dict[str, list[int]] = defaultdict(list)
    for form in forms:
        for number, turn in form[label]["turns"].items():
            labels[number].append(int(turn["label"]))
    return [int(statistics.median(given)) for given in labels.values()]


def _shares(medians: Sequence[int]) -> str:
    return " / ".join(f"{100 * medians.count(one) / len(medians):.0f}" for one in LABELS)


def _row(name: str, label: str, forms: Sequence[Form]) -> str:
    marks = [int(form[label]["whole"]) for form in forms]
    flags: dict[tuple[str, str], int] = Counter()
    for form in forms:
        for number, turn in form[label]["turns"].items():
            flags.update((number, flag) for flag in turn["flags"])
    medians = _medians(label, forms)
    agreed = Counter(flag for (_, flag), times in flags.items() if times >= MAJORITY)
    told = ", ".join(f"{flag} {n}" for flag, n in agreed.most_common()) or "none"
    whole = ", ".join(map(str, marks))
    middle, shares = f"{statistics.median(marks):g}", _shares(medians)
    return f"| {name} | {whole} | {middle} | {len(medians)} | {shares} | {told} |"
