"""Studies as written: a script, and what people could answer.

A line of facts has the form `LEVEL [types] [^] | sentence`: `^` is told only after the line
above, `[a|b]` varies by person, and `<…>` is what an interviewer could return to. The product
sees only the script.
"""

import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "studies"

STUDIES = (
    *("health", "product", "exit", "education", "volunteering", "housing", "tool"),
    *("commuting", "policy", "migration", "club", "hobby"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """Fact before it belongs to a person."""

    level: int
    types: frozenset[str]
    follows: bool
    text: str


@dataclass(frozen=True, slots=True)
class Need:
    """Learning goal: `cues` are the author's and known to the product, `heard` are other
    wordings known only to simulated people; `topic` is the number of its question.
    """

    id: str
    topic: int
    label: str
    ask: str
    cues: tuple[str, ...]
    heard: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Study:
    """Study; `leads` are false claims that a led person would agree to."""

    id: str
    name: str
    script: dict[str, Any]
    topics: tuple[str, ...]
    musts: tuple[bool, ...]
    needs: tuple[Need, ...]
    leads: tuple[str, ...]


@lru_cache
def study(name: str) -> Study:
    held = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    needs = [
        _need(written, topic)
        for topic, question in enumerate(held["question"])
        for written in question["need"]
    ]
    return Study(
        id=name,
        name=held["name"],
        script=_script(held),
        topics=tuple(q["text"] for q in held["question"]),
        musts=tuple(q.get("importance") == "must" for q in held["question"]),
        needs=tuple(needs),
        leads=tuple(held["leads"]),
    )


def shortened(whole: Study, topics: int) -> Study:
    """Study with its first topics only."""
    return replace(
        whole,
        script={**whole.script, "questions": whole.script["questions"][:topics]},
        topics=whole.topics[:topics],
        musts=whole.musts[:topics],
        needs=tuple(need for need in whole.needs if need.topic < topics),
    )


def _need(written: dict[str, Any], topic: int) -> Need:
    return Need(
        id=written["id"],
        topic=topic,
        label=written["label"],
        ask=written["ask"],
        cues=tuple(written["cues"]),
        heard=tuple(written["heard"]),
        lines=tuple(_line(line) for line in written["facts"].strip().splitlines()),
    )


def _line(written: str) -> Line:
    head, _, text = written.partition(" | ")
    level, *marks = head.split()
    types = frozenset(marks) - {"^"}
    return Line(int(level), types, "^" in marks, text.strip())


def _script(held: dict[str, Any]) -> dict[str, Any]:
    """Script as the product gets it: no facts, no leads, none of the people's wordings."""
    kept = ("id", "label", "ask", "cues")
    questions = [
        {
            "id": f"q{number + 1}",
            **{k: v for k, v in question.items() if k != "need"},
            "needs": [{k: need[k] for k in kept} for need in question["need"]],
        }
        for number, question in enumerate(held["question"])
    ]
    given = {k: v for k, v in held.items() if k not in ("question", "leads")}
    return {**given, "language": "en", "questions": questions}
