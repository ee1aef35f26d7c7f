"""The interviewer on labelled data: which questions pass the gate, and what it does without a
model.

`questions/` has follow-up questions that a skilled interviewer would ask, and others with one
fault each. `moments/` has answers with what the next turn should be. Two authors (`a`, `b`)
wrote them by hand, without seeing each other's or the product's code.
"""

import argparse
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from interviewrelay.interviewer import acts
from interviewrelay.interviewer.model import gate
from interviewrelay.interviewer.model.gate import Verdict
from interviewrelay.interviewer.model.grounds import Grounds
from interviewrelay.interviewer.model.reply import ProposedMove
from interviewrelay.interviewer.understanding import response
from interviewrelay.simulations import preview

FOLDER: Final = Path(__file__).parent
LANGUAGES: Final = ("en", "de", "nl", "fr", "es")
AUTHORS: Final = ("a", "b")


@dataclass(frozen=True, slots=True)
class Judged:
    """Labelled question, the rule it breaks (empty for a good one), and the verdict on it."""

    language: str
    question: str
    acknowledgement: str
    breaks: str
    in_acknowledgement: bool
    verdict: Verdict

    @property
    def held_back(self) -> bool:
        """Whether the faulty part would not be said."""
        dropped = self.in_acknowledgement and self.verdict.dropped
        return bool(self.verdict.refused or dropped)


@dataclass(frozen=True, slots=True)
class Moment:
    """Moment of an interview, and the act of the interviewer's next turn."""

    language: str
    id: str
    act: str
    best: Sequence[str]
    acceptable: Sequence[str]
    said: str

    @property
    def holds(self) -> bool:
        return self.act in (*self.best, *self.acceptable)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--show", action="store_true", help="print wrong results")


def run(given: argparse.Namespace) -> None:
    for author in AUTHORS:
        _report_questions(author, list(questions(author)), show=given.show)
    found = [moment for author in AUTHORS for moment in moments(author)]
    _report_moments(found, show=given.show)


# --- the gate -------------------------------------------------------------------------------------


def questions(author: str) -> Iterator[Judged]:
    """Verdicts on an author's questions."""
    for language in LANGUAGES:
        for moment in _read("questions", author, language):
            yield from _judged(moment, language)


def _judged(moment: Mapping[str, Any], language: str) -> Iterator[Judged]:
    earlier = moment["earlier"]
    grounds = Grounds(
        language=language,
        answers=[*(answer for _, answer in earlier), moment["said"]],
        author=[moment["study"], moment["question"], *moment["goals"]],
        asked=[*(asked for asked, _ in earlier), moment["question"], *moment["asked"]],
    )
    for label in ("good", "bad"):
        for one in moment[label]:
            said = one.get("acknowledgement", "")
            move = ProposedMove(
                act=one.get("act", "follow_up"),
                evidence=one["evidence"],
                acknowledgement=said,
                question=one["ask"],
            )
            verdict = gate.check_question(move, grounds)
            fault = one.get("fault") == "acknowledgement"
            yield Judged(language, one["ask"], said, one.get("rule", ""), fault, verdict)


def _report_questions(author: str, judged: Sequence[Judged], *, show: bool) -> None:
    print(f"\n## Gate, questions by author {author}\n")
    print("| Language | good | pass | bad | held back |\n|---|---|---|---|---|")
    for language in (*LANGUAGES, "all"):
        some = [one for one in judged if language in (one.language, "all")]
        good, bad = ([o for o in some if bool(o.breaks) is kind] for kind in (False, True))
        passed, held = sum(not o.verdict.refused for o in good), sum(o.held_back for o in bad)
        print(
            f"| {language} | {len(good)} | {100 * passed / len(good):.1f} % "
            f"| {len(bad)} | {100 * held / len(bad):.1f} % |"
        )
    by_rule: dict[str, list[bool]] = defaultdict(list)
    for one in judged:
        if one.breaks:
            by_rule[one.breaks].append(one.held_back)
    told = (f"{rule} {sum(held)}/{len(held)}" for rule, held in sorted(by_rule.items()))
    print(f"\nheld back by fault: {', '.join(told)}")
    for one in judged if show else ():
        if one.held_back is not bool(one.breaks):
            why = one.breaks or f"{one.verdict.refused}: {one.verdict.because}"
            print(
                f"{one.language} {'let through' if one.breaks else 'refused'} ({why}): {one.question}"
            )


# --- the engine without a model ---------------------------------------------------------------------


_BUDGET: Final = {"light": 1, "standard": 2, "deep": 4}
_DEPTH: Final = {0: "none", 1: "light", 2: "standard", 3: "standard", 4: "deep"}
_ACTS: Final = {
    acts.PROBE: "follow_up",
    acts.ANOTHER_ANGLE: "follow_up",
    acts.ASK: "next",
    acts.ANYTHING_TO_ADD: "close",
    acts.CHECK_BACK: "close",
    acts.END: "close",
    acts.CONFIRM_STOP: "confirm_stop",
    acts.COMFORT: "care",
    acts.CARE: "care",
    acts.PAUSED: "give_time",
    acts.ANSWER_META: "answer",
}
_HEARD: Final = {
    response.LEAVE_OUT: "leave_out",
    response.SHORTEN: "shorter",
    response.COMPLAINT: "complaint",
    response.META: "answer",
}
"""Acts implied by what was understood, which says more than the act itself."""


def moments(author: str) -> Iterator[Moment]:
    """An author's moments, with the interviewer's acts."""
    for language in (*LANGUAGES, "ar"):
        for moment in _read("moments", author, language):
            yield Moment(
                language,
                moment["id"],
                _act(moment, language),
                moment["acts"],
                moment["acceptable"],
                moment["said"],
            )


def _act(moment: Mapping[str, Any], language: str) -> str:
    talk = preview.start_interview(_script(moment, language), moment["id"])
    for _, answer in moment["earlier"]:
        talk.answer(answer)
    talk.answer(moment["said"])
    decision, reading = talk.move.decision, talk.move.reading or {}
    sense: Any = reading.get("sense") or {}
    heard = _HEARD.get(str(sense.get("response")))
    return heard or _ACTS.get(decision.act if decision else acts.END, "aside")


def _script(moment: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Script with the questions asked, the open one with its remaining follow-ups, and the next."""
    left = max(0, _BUDGET[moment["depth"]] - moment["asked"])
    goals = [
        {"id": goal["id"], "label": goal["label"], "ask": goal["ask"]}
        for goal in moment["goals"]
        if not goal["told"]
    ]
    asked = [
        {"id": f"e{n}", "text": text, "depth": "none"}
        for n, (text, _) in enumerate(moment["earlier"])
    ]
    own = {
        "id": "open",
        "text": moment["question"],
        "depth": _DEPTH[left],
        "importance": "must" if moment["must"] else "should",
        "needs": goals,
    }
    after = [{"id": "next", "text": moment["next"]}] if moment["next"] else []
    return {
        "name": "A study",
        "purpose": moment["study"],
        "language": language,
        "questions": [*asked, own, *after],
    }


def _report_moments(found: Sequence[Moment], *, show: bool) -> None:
    print("\n## Moments, the engine without a model\n")
    print("| Language | moments | hit or acceptable |\n|---|---|---|")
    for language in (*LANGUAGES, "ar", "all"):
        some = [one for one in found if language in (one.language, "all")]
        held = sum(one.holds for one in some)
        print(f"| {language} | {len(some)} | {100 * held / len(some):.1f} % |")
    missed = Counter((one.best[0], one.act) for one in found if not one.holds)
    told = (f"{best} → {act} {n}" for (best, act), n in missed.most_common(12))
    print(f"\nmost often missed: {', '.join(told)}")
    for one in found if show else ():
        if not one.holds:
            print(f"{one.id}: {' or '.join(one.best)}, was {one.act}: {one.said[:160]}")


def _read(kind: str, author: str, language: str) -> list[dict[str, Any]]:
    text = (FOLDER / kind / author / f"{language}.toml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = tomllib.loads(text)["moment"]
    return found
