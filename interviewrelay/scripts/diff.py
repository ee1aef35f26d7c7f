"""Diff of two versions of a script, by question and by word."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final, Literal

from interviewrelay.scripts import flow

Document = Mapping[str, Any]
DiffPiece = tuple[Literal["same", "gone", "new"], str]

_OF_SCRIPT: Final = {
    "name": "Name", "language": "Language", "target_minutes": "Target length (minutes)", "tone": "Tone",
    "purpose": "Purpose", "consent_text": "Consent text", "contact": "Contact",
}  # fmt: skip
_OF_PLACES: Final = {
    "resources": "Where to find help", "reporting": "Where to report a concern",
}  # fmt: skip
_OF_CLOSING: Final = {
    "anything_to_add": "Asks for anything to add", "check_back": "Summarizes key answers",
    "thank_text": "Closing words",
}  # fmt: skip
_OF_QUESTION: Final = {
    "text": "Question", "kind": "Type", "options": "Answer options",
    "importance": "Importance", "depth": "Follow-ups", "sensitivity": "Sensitivity",
    "expected": "Expected answer", "needs": "Learning goals", "probes": "Probes",
    "rephrase": "Other wordings", "explain": "Explanation", "avoid": "Topics to avoid",
    "ask_if": "Ask only if", "skip_if": "Skip if", "seconds": "Planned time (seconds)",
}  # fmt: skip
_TOKEN: Final = re.compile(r"\s+|[^\s]+")
MOST_WORK: Final = 1_000_000
"""Limit of word pairs to compare; longer texts are compared by line."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """Changed field, with its old and new text as consecutive pieces."""

    label: str
    pieces: Sequence[DiffPiece]


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """Changed question. `before` and `after` are its numbers, None where it is missing; `moved`
    means that its order among the others changed, apart from additions and removals.
    """

    text: str
    before: int | None
    after: int | None
    moved: bool
    fields: Sequence[FieldChange]


@dataclass(frozen=True, slots=True)
class ScriptDiff:
    """Differences only: questions in the order of the later version, removed ones at their old
    position.
    """

    fields: Sequence[FieldChange]
    questions: Sequence[QuestionChange]

    def __bool__(self) -> bool:
        return bool(self.fields or self.questions)


def compare_documents(old: Document, new: Document) -> ScriptDiff:
    """Diff from `old` to `new`, both in stored form."""
    return ScriptDiff(
        [*_fields(_whole(old), _whole(new))],
        [*_questions(old["questions"], new["questions"])],
    )


def _questions(old: Sequence[Document], new: Sequence[Document]) -> Iterator[QuestionChange]:
    before = {q["id"]: place for place, q in enumerate(old)}
    kept = {q["id"] for q in new} & before.keys()
    moved = _moved([before[q["id"]] for q in new if q["id"] in kept])
    gone = [place for place, q in enumerate(old) if q["id"] not in kept]
    for place, question in enumerate(new):
        was = before.get(question["id"])
        while gone and (gone[0] <= place if was is None else gone[0] < was):
            yield _removed(old, gone.pop(0))
        if was is None:
            told = [*_fields({}, _told(question, new))]
            yield QuestionChange(question["text"], None, place + 1, moved=False, fields=told)
            continue
        told = [*_fields(_told(old[was], old), _told(question, new), old[was], question)]
        if told or was in moved:
            text = question["text"]
            yield QuestionChange(text, was + 1, place + 1, moved=was in moved, fields=told)
    for place in gone:
        yield _removed(old, place)


def _removed(old: Sequence[Document], place: int) -> QuestionChange:
    told = [*_fields(_told(old[place], old), {})]
    return QuestionChange(old[place]["text"], place + 1, None, moved=False, fields=told)


def _moved(places: Sequence[int]) -> set[int]:
    """Smallest set of moved items: all outside a longest increasing subsequence."""
    tails: list[int] = []
    ends: list[int] = []
    previous = [-1] * len(places)
    for at, place in enumerate(places):
        length = bisect_left(tails, place)
        tails[length : length + 1] = [place]
        ends[length : length + 1] = [at]
        previous[at] = ends[length - 1] if length else -1
    stayed, at = set(), ends[-1] if ends else -1
    while at >= 0:
        stayed.add(places[at])
        at = previous[at]
    return set(places) - stayed


def _whole(document: Document) -> dict[str, str]:
    told = {label: _words(document.get(name)) for name, label in _OF_SCRIPT.items()}
    closing = document.get("closing", {})
    told |= {label: _words(closing.get(name)) for name, label in _OF_CLOSING.items()}
    for name, label in _OF_PLACES.items():
        places = document.get(name) or {}
        told[label] = "\n".join(f"{k}: {v}" for k, v in places.items())
    return told


def _told(question: Document, among: Sequence[Document]) -> dict[str, str]:
    told = {label: _words(question.get(name)) for name, label in _OF_QUESTION.items()}
    for name in ("ask_if", "skip_if"):
        only = {"ask_if": None, "skip_if": None, name: question.get(name)}
        told[_OF_QUESTION[name]] = "\n".join(flow.describe_conditions(only, among))
    return told


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "\n".join(map(_words, value))
    if isinstance(value, dict) and "label" in value:
        return _need(value)
    if isinstance(value, dict):
        told = {name.replace("_", " "): _words(part) for name, part in value.items() if part}
        return ", ".join(
            f"{name}: {text}".replace("\n", ", ") for name, text in told.items() if text
        )
    return "" if value is None else str(value)


def _need(need: Document) -> str:
    parts = [need["label"]]
    if need.get("ask"):
        parts.append(f"asked as “{need['ask']}”")
    if need.get("cues"):
        parts.append(f"cues: {', '.join(need['cues'])}")
    if need.get("weight", 1) != 1:
        parts.append(f"weight {need['weight']:g}")
    return "; ".join(parts)


def _fields(
    old: Mapping[str, str],
    new: Mapping[str, str],
    was: Document | None = None,
    now: Document | None = None,
) -> Iterator[FieldChange]:
    """Changed fields. A condition that only renumbers its question is not a change."""
    same = {
        _OF_QUESTION[name]
        for name in ("ask_if", "skip_if")
        if was is not None and now is not None and was.get(name) == now.get(name)
    }
    for label in new or old:
        before, after = old.get(label, ""), new.get(label, "")
        if before != after and label not in same:
            yield FieldChange(label, compare_texts(before, after))


def compare_texts(old: str, new: str) -> list[DiffPiece]:
    """Word diff of two texts: common, removed and added pieces."""
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(a) * len(b) > MOST_WORK:
        a, b = old.splitlines(keepends=True), new.splitlines(keepends=True)
    pieces: list[DiffPiece] = []
    for kind, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(("same", "".join(a[i:j])))
            continue
        if i < j:
            pieces.append(("gone", "".join(a[i:j])))
        if k < m:
            pieces.append(("new", "".join(b[k:m])))
    return pieces
