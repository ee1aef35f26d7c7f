"""Sentiment of labelled answers. A TSV file has the columns id, language, text, label_a and label_b;
answers on which both labels agree are counted.
"""

import argparse
import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from math import sqrt
from pathlib import Path
from typing import Final, NamedTuple

from interviewrelay.analysis import sentiment

FOLDER: Final = Path(__file__).parent
SHOWN: Final = ("positive", "negative", "mixed", "neutral")
JUDGING: Final = SHOWN[:2]
ALL: Final = "all"
Z: Final = 1.96  # 95 %


class Answer(NamedTuple):
    """Labelled answer with the label that the analysis gives it."""

    language: str
    label: str
    given: str


def run(_given: argparse.Namespace) -> None:
    """Print the tables of all files, by language and label."""
    for file in sorted(FOLDER.glob("*.tsv")):
        print("\n".join(_tell_file(file)))


def _tell_file(file: Path) -> Iterator[str]:
    answers = list(read_answers(file))
    languages = (*dict.fromkeys(answer.language for answer in answers), ALL)
    yield f"sentiment, {file.name}: {len(answers)} answers (right/of, share, 95 % interval)"
    yield f"{'':8}{'label':20}{'precision':>28}{'recall':>28}"
    for language in languages:
        of = [one for one in answers if language in (one.language, ALL)]
        yield _tell_labels(language, "positive+negative", of, JUDGING)
        for label in SHOWN:
            yield _tell_labels("", label, of, (label,))
        unsure = sum(one.given == "unsure" for one in of)
        yield f"{'':8}{'unsure':20}{_share(unsure, len(of)):>28}"
    yield "given for labelled: " + ", ".join(
        f"{given} for {label} {number}"
        for (given, label), number in Counter((a.given, a.label) for a in answers).most_common()
        if given != label
    )


def read_answers(file: Path) -> Iterator[Answer]:
    with file.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["label_a"] == row["label_b"]:
                given = sentiment.score_text(row["text"], row["language"]).label
                yield Answer(row["language"], row["label_a"], given)


def _tell_labels(name: str, label: str, of: Sequence[Answer], labels: Sequence[str]) -> str:
    right = sum(one.given == one.label and one.label in labels for one in of)
    shown = sum(one.given in labels for one in of)
    labelled = sum(one.label in labels for one in of)
    return f"{name:8}{label:20}{_share(right, shown):>28}{_share(right, labelled):>28}"


def _share(right: int, of: int) -> str:
    if not of:
        return "–"
    low, high = compute_interval(right, of)
    return f"{right}/{of} {right / of:.2f} [{low:.2f}, {high:.2f}]"


def compute_interval(right: int, of: int) -> tuple[float, float]:
    """Wilson score interval of a share."""
    share, square = right / of, Z * Z / of
    middle = (share + square / 2) / (1 + square)
    reach = Z * sqrt(share * (1 - share) / of + square / (4 * of)) / (1 + square)
    return middle - reach, middle + reach
