"""Script linter: remarks on wording and structure before people are invited."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

from interviewrelay.analysis.estimate import estimate_length
from interviewrelay.interviewer.guide import Condition, Guide, Question
from interviewrelay.interviewer.text.tokenization import (
    find_number,
    get_base_language,
    get_stems,
)
from interviewrelay.interviewer.wording.question_rules import has_rules, list_loaded_rules
from interviewrelay.interviewer.wording.style_rules import (
    is_closed_in_any_language,
    list_violations,
)

Level = Literal["warning", "error"]

MESSAGES = {
    "multiple": "This asks several questions at once. People tend to answer only the last one.",
    "double-barrelled": "This asks two things in one sentence. Split it into two questions.",
    "options": "Suggested answers in a question steer people towards them.",
    "leading": "The wording suggests an answer.",
    "praise": "Praise tells people which answers are welcome.",
    "feeling": "The interviewer is a program and should not claim feelings.",
    "advice": "An interviewer should not give advice.",
    "why": "“Why” asks people to justify themselves. “What led to …” asks for their story.",
    "too-long": "Questions of more than 30 words are hard to follow, especially when spoken.",
    "markup": "Links and markup can’t be spoken.",
    "shouting": "Exclamation marks and emoji can’t be spoken.",
    "yes-no": "This question can be answered with yes or no, but its type is open.",
}
"""Message of each wording rule."""

NOT_UNDERSTOOD = (
    "In this language, the interviewer does not understand requests to stop, skip or pause, or mentions"
    " of danger. It understands them in English, Dutch, German, French and Spanish. Mention the buttons"
    " for this in your first question."
)
HARDLY_UNDERSTOOD = (
    "In Arabic, the interviewer understands only some requests to stop, skip or pause, and not every"
    " mention of danger. Mention the buttons for this in your first question."
)


NO_REPORTING = (
    "Participants may describe a danger, a mistake or a breach here. Add where they can report a"
    " concern. Otherwise, they only see the contact."
)
_SUBJECTS: Final = Path(__file__).parent / "subjects" / "reporting.toml"


@dataclass(frozen=True, slots=True)
class Remark:
    """Remark; `question_id` is None for the script as a whole; `field` is a path inside the
    question, such as `text` or `needs[0].ask`. Only the level `error` prevents publication.
    """

    question_id: str | None
    field: str
    rule: str
    level: Level
    message: str


def lint_guide(guide: Guide) -> list[Remark]:
    """All remarks on a script, in the order of its questions, then on the whole; empty for a clean
    script.

    Wording rules apply to the interviewer's five languages, structural rules to all.
    """
    if not guide.questions:
        return [
            Remark(None, "questions", "no-question", "error", "The script has no questions.")
        ]
    remarks = list(_language(guide))
    seen: set[str] = set()
    for question in guide.questions:
        remarks += _structure(guide, question, seen)
        remarks += _wording(guide, question)
        seen.add(question.id)
    return [*remarks, *_reporting(guide), *_length(guide)]


def _language(guide: Guide) -> Iterator[Remark]:
    if not has_rules(guide.language):
        arabic = get_base_language(guide.language) == "ar"
        message = HARDLY_UNDERSTOOD if arabic else NOT_UNDERSTOOD
        yield Remark(None, "language", "language", "warning", message)


def _length(guide: Guide) -> Iterator[Remark]:
    told = estimate_length(guide)
    if told.overstated:
        most = f"{told.longest} minute{'s' if told.longest > 1 else ''}"
        message = (
            f"Participants see about {told.target} minutes. With all follow-ups, it takes about"
            f" {most}."
        )
        yield Remark(None, "target_minutes", "length", "warning", message)


def _reporting(guide: Guide) -> Iterator[Remark]:
    if guide.reporting_places:
        return
    texts = [guide.name, guide.purpose, *(q.text for q in guide.questions)]
    if get_stems(" ".join(texts), guide.language) & _needs_reporting(
        get_base_language(guide.language)
    ):
        yield Remark(None, "reporting", "no-reporting", "warning", NO_REPORTING)


@cache
def _needs_reporting(code: str) -> frozenset[str]:
    """Stems of the words that mark a study about health, work, care or data."""
    return frozenset(get_stems(tomllib.loads(_SUBJECTS.read_text("utf-8")).get(code, ""), code))


def _structure(guide: Guide, question: Question, seen: set[str]) -> Iterator[Remark]:
    if question.id in seen:
        message = f"The id {question.id} is used by an earlier question."
        yield Remark(question.id, "id", "duplicate-id", "error", message)
    if not question.text.strip():
        yield Remark(question.id, "text", "no-text", "error", "The question has no text.")
    for name, condition in (("ask_if", question.ask_if), ("skip_if", question.skip_if)):
        if condition is not None:
            yield from _condition(guide, question, name, condition, seen)
    if question.importance == "must" and question.follow_ups > 1 and not question.needs:
        message = "Add learning goals so that follow-ups can target them."
        yield Remark(question.id, "needs", "no-needs", "warning", message)
    ids: set[str] = set()
    for place, need in enumerate(question.needs):
        if need.id in ids:
            message = f"The id {need.id} is used by an earlier learning goal of this question."
            yield Remark(question.id, f"needs[{place}].id", "duplicate-id", "error", message)
        ids.add(need.id)
        if not any(cue.strip() for cue in need.cues):
            message = "Without cues, this learning goal never counts as met."
            yield Remark(question.id, f"needs[{place}].cues", "no-cues", "warning", message)


def _condition(
    guide: Guide, question: Question, name: str, condition: Condition, seen: set[str]
) -> Iterator[Remark]:
    if guide.question(condition.question) is None:
        message = f"There is no question {condition.question}."
        yield Remark(question.id, name, "unknown-question", "error", message)
    elif condition.question not in seen:
        message = f"Question {condition.question} does not come before this one."
        yield Remark(question.id, name, "later-question", "error", message)
    value = condition.value
    if condition.op in ("lt", "gt") and find_number(value) is None:
        message = f"“{value}” contains no number, so this condition is never met."
        yield Remark(question.id, name, "no-number", "warning", message)
    if condition.op in ("equals", "contains") and not value.strip():
        message = "There is nothing to compare the answer with, so this condition is never met."
        yield Remark(question.id, name, "no-value", "warning", message)


def _wording(guide: Guide, question: Question) -> Iterator[Remark]:
    for field, text in _asking(question):
        broken = (
            *list_violations(text, guide.language),
            *list_loaded_rules(text, guide.language),
        )
        for rule in dict.fromkeys(broken):
            if rule == "options" and question.kind != "open":
                continue
            yield Remark(question.id, field, rule, "warning", MESSAGES[rule])
        if question.kind == "open" and is_closed_in_any_language(text, guide.language):
            yield Remark(question.id, field, "yes-no", "warning", MESSAGES["yes-no"])


def _asking(question: Question) -> Iterator[tuple[str, str]]:
    """Every text of a question that is asked aloud."""
    yield "text", question.text
    for place, text in enumerate(question.rephrase):
        yield f"rephrase[{place}]", text
    for place, text in enumerate(question.probes):
        yield f"probes[{place}]", text
    for place, need in enumerate(question.needs):
        yield f"needs[{place}].ask", need.ask
