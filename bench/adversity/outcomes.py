"""Stored outcomes of interviews, and the table that reports them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bench import server
from bench.adversity.trial import Held
from bench.interviews import detectors, routes
from interviewrelay.adapters.language_models.openai import CallLimits
from tests.model_sayings import BETRAYING

LONGEST_WAIT: Final = CallLimits().seconds + 0.5
"""Longest allowed wait in seconds."""


@dataclass(slots=True)
class Outcome:
    """Outcome of one interview. `lost` are confirmed answers that are missing or stored
    differently, `broken` are rule violations, `speakers` counts who worded the questions,
    `reasons` counts the results of calling the model.
    """

    held: Held
    lost: list[str]
    broken: list[str]
    speakers: Counter[str]
    reasons: Counter[str]

    @property
    def late(self) -> list[float]:
        return [seconds for seconds in self.held.waits if seconds > LONGEST_WAIT]


def outcome(host: routes.Host, held: Held) -> Outcome:
    """Outcome read from the API's transcript, which is what a researcher sees."""
    turns = host.transcript(server.Caller(host.port), held.session_id)
    kept = {turn["number"]: turn["text"] for turn in turns if turn["speaker"] == "participant"}
    asked = [turn for turn in turns if turn["speaker"] == "ai"]
    decisions = [turn["decision"] or {} for turn in asked]
    calls = [decision["model"] for decision in decisions if decision.get("model")]
    return Outcome(
        held,
        lost=[text for n, text in held.acknowledged.items() if kept.get(n) != text],
        broken=[why for turn in asked if (why := _broken(turn["text"], list(kept.values())))],
        speakers=Counter(decision.get("source", "none") for decision in decisions),
        reasons=Counter(call["reason"] for call in calls),
    )


def _broken(text: str, said: Sequence[str]) -> str:
    rules = [*detectors.judge(text, said), *(w for w in BETRAYING if w in text.casefold())]
    return f"{', '.join(rules)}: {text}" if rules else ""


def report(outcomes: Sequence[Outcome], behaved: Counter[str]) -> bool:
    """Print the table, and return whether all figures are as required."""
    acknowledged = sum(len(o.held.acknowledged) for o in outcomes)
    waits = sorted(seconds for o in outcomes for seconds in o.held.waits)
    turns = sum(sum(o.speakers.values()) for o in outcomes)
    late = [f"{seconds:.1f} s in {o.held.name}" for o in outcomes for seconds in o.late]
    must_be_none = {
        f"confirmed answers lost or altered, of {acknowledged}": _of(outcomes, "lost"),
        f"waits of more than {LONGEST_WAIT} s, of {len(waits)}": late,
        f"turns that break a rule, of {turns}": _of(outcomes, "broken"),
        "server responses outside the contract": [
            f"{o.held.name}: {fault}" for o in outcomes for fault in o.held.faults
        ],
    }
    print("| Must be 0 | |\n|---|---|")
    for name, found in must_be_none.items():
        print(f"| {name} | {len(found) or 'PASS: 0'} |")
    print()
    _counts("Turns worded by", sum((o.speakers for o in outcomes), Counter()))
    _counts("Results of calling the model", sum((o.reasons for o in outcomes), Counter()))
    _counts("Behaviours of the model", behaved)
    _counts("Connection events", Counter(what for o in outcomes for what in o.held.met))
    print(f"longest wait {waits[-1]:.2f} s, median {waits[len(waits) // 2] * 1000:.0f} ms")
    for name, found in must_be_none.items():
        for one in found[:20]:
            print(f"FAIL: {name}: {one}")
    return not any(must_be_none.values())


def _of(outcomes: Sequence[Outcome], what: str) -> list[str]:
    return [f"{o.held.name}: {one}" for o in outcomes for one in getattr(o, what)]


def _counts(name: str, counted: Counter[str]) -> None:
    print(f"| {name} ({len(counted)}) | |\n|---|---|")
    for what, number in counted.most_common():
        print(f"| {what} | {number} |")
    print()
