"""Answers with the codes that people gave them."""

import csv
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from interviewrelay.analysis import stemming

DATA: Final = Path(__file__).parent / "data"
DEVELOPED: Final = ("vaccination", "country", "media")
HELD_OUT: Final = ("uniforms",)
SIDES: Final = ("con", "pro")
FREQUENT: Final = 5
"""Minimum answers of a frequent code."""


@dataclass(frozen=True, slots=True)
class CodedStudy:
    """Answers to one question, and by code the numbers of the answers that have it."""

    name: str
    question: str
    texts: Sequence[str]
    coded: Mapping[str, Collection[int]]
    descriptions: Mapping[str, str]

    @property
    def frequent(self) -> dict[str, Collection[int]]:
        return {code: having for code, having in self.coded.items() if len(having) >= FREQUENT}

    @property
    def asked(self) -> frozenset[str]:
        return stemming.get_stems(self.question, "en")


def load_studies(names: Sequence[str]) -> list[CodedStudy]:
    """Each side of each debate as a study of its own."""
    found = (_load(name, side) for name in names for side in SIDES)
    return [study for study in found if study.texts]


def list_descriptions(name: str) -> dict[str, str]:
    """Descriptions of the codes of a debate; its question under the empty code."""
    rows = _rows(DATA / "key_points" / "codes.tsv")
    return {row["code"]: row["description"] for row in rows if row["study"] == name}


def _load(name: str, side: str) -> CodedStudy:
    rows = [r for r in _rows(DATA / "key_points" / f"{name}.tsv") if r["side"] == side]
    described = list_descriptions(name)
    coded: dict[str, set[int]] = {}
    for number, row in enumerate(rows):
        for code in filter(None, row["codes"].split(",")):
            coded.setdefault(code, set()).add(number)
    texts = [row["text"] for row in rows]
    return CodedStudy(f"{name}, {side}", described[""], texts, coded, described)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
