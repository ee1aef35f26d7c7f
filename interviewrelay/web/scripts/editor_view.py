"""View model of the script editor: fields, sentences, remarks beside their lines."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson

from interviewrelay.dashboard import view_models
from interviewrelay.scripts import flow as script_flow
from interviewrelay.web.scripts.form import (
    CONDITIONS,
    OF_LINES,
    OF_NEED,
    OF_PLACES,
    OF_QUESTION,
    OF_SCRIPT,
    Part,
    format_places,
)
from interviewrelay.web.ui import page_helpers

Remarks = Sequence[Mapping[str, Any]]

_FIELDS: Final = {
    "text": "Question", "needs": "Learning goal", "probes": "Probes", "rephrase": "Other wordings",
    "ask_if": "Ask only if", "skip_if": "Skip if",
}  # fmt: skip
_FIELD: Final = re.compile(r"(\w+)(?:\[(\d+)\])?(?:\.(\w+))?")
_CONTROLS: Final = {"ask_if": "ask_if.question", "skip_if": "skip_if.question"}

ROW: Final = 56
LANE: Final = 16
"""Dimensions of the flow picture, 16 units to a rem."""


def build_fields(
    document: Part, remarks: Remarks, errors: Sequence[page_helpers.Problem], at: int | None
) -> Part:
    """Everything that the page shows of a document."""
    questions: list[Part] = document["questions"]
    beside = group_remarks(document, remarks)
    shown = [_shown(question, place, questions) for place, question in enumerate(questions)]
    for question in shown:
        here = (f"question-{question['number']}", f"questions.{question['place']}.")
        wrong = any(e["field"].startswith(here[1]) or e["field"] == here[0] for e in errors)
        question["open"] = wrong or question["place"] == at
        question["remarks"] = beside["questions"][question["place"]]
    return {
        **{name: document.get(name, "") for name in (*OF_SCRIPT, "closing")},
        **{name: format_places(document.get(name) or {}) for name in OF_PLACES},
        "rest": _rest(document, (*OF_SCRIPT, *OF_PLACES, "closing", "questions")),
        "questions": shown,
        "remarks": beside["whole"],
        "length": beside["length"],
    }


def group_remarks(document: Part, remarks: Remarks) -> Part:
    """Remarks by place: on the whole script, on its length, and on each question's lines, with
    field id and text.
    """
    questions = document["questions"]
    return {
        "whole": [r for r in remarks if not r["question_id"] and r["rule"] != "length"],
        "length": [r for r in remarks if r["rule"] == "length"],
        "questions": [
            [
                _beside(r, place, q)
                for r in remarks
                if r["question_id"] and r["question_id"] == q.get("id")
            ]
            for place, q in enumerate(questions)
        ],
    }


def build_flow_picture(document: Part) -> Part:
    """Flow with an SVG path for each arc, from the right edge and back."""
    flow = script_flow.build_flow(document)
    width = LANE * (flow.lanes + 1)
    return {
        "steps": flow.steps,
        "conditional": any(step.conditions for step in flow.steps),
        "width": width,
        "height": ROW * len(flow.steps),
        "row": ROW,
        "arcs": [
            {"path": _path(arc, width), "head": _head(arc, width), "skips": arc.skips}
            for arc in flow.arcs
        ],
    }


def describe_questions(document: Part) -> list[str]:
    """Sentences about what the interviewer may do with each question."""
    questions = document["questions"]
    return [_sentence(q, questions) for q in questions]


def _shown(question: Part, place: int, questions: Sequence[Part]) -> Part:
    needs = [
        {**need, "cues": _cues_text(need["cues"]), "rest": _rest(need, OF_NEED)}
        for need in question["needs"]
    ]
    nothing = {"question": "", "op": "answered", "value": ""}
    return {
        **{name: question[name] for name in OF_QUESTION},
        **{name: "\n".join(question[name]) for name in OF_LINES},
        **{name: question[name] or nothing for name in CONDITIONS},
        "key": question.get("id") or "",
        "place": place,
        "number": place + 1,
        "sentence": _sentence(question, questions),
        "rest": _rest(question, OF_QUESTION),
        "needs": [*needs, {"label": "", "ask": "", "cues": "", "rest": "{}"}],
        "others": {name: _others(question, name, place, questions) for name in CONDITIONS},
        "more": any(
            question[name]
            for name in ("options", "probes", "rephrase", "explain", "avoid", *CONDITIONS)
        ),
    }


def _sentence(question: Part, questions: Sequence[Part]) -> str:
    told = script_flow.describe_conditions(question, questions)
    return " ".join([*(f"{words}." for words in told), view_models.describe_question(question)])


def _others(
    question: Part, name: str, place: int, questions: Sequence[Part]
) -> list[tuple[str, str]]:
    """Questions that a condition may refer to: earlier ones, and the current target."""
    before = [
        (q["id"], f"{number}. {q['text'][:80]}")
        for number, q in enumerate(questions[:place], 1)
        if q.get("id")
    ]
    named = (question[name] or {}).get("question")
    if named and named not in dict(before):
        before.append((named, f"{named} (not an earlier question)"))
    none = "No condition (always ask)" if name == "ask_if" else "No condition (never skip)"
    return [("", none), *before]


def _beside(remark: Mapping[str, Any], place: int, question: Part) -> Part:
    """`needs[0].ask` refers to row 1 of the learning goals, and to the field
    `questions.2.needs.0.ask`.
    """
    found = _FIELD.fullmatch(remark["field"])
    name, row, inside = found.groups() if found else (remark["field"], None, None)
    words = _FIELDS.get(name, name)
    field = name
    if name == "needs":
        field = f"needs.{row or 0}.{inside if inside in OF_NEED else 'label'}"
    known = name in OF_QUESTION
    return {
        **remark,
        "place": f"{words}, {int(row) + 1}" if row else words,
        "anchor": f"questions.{place}.{_CONTROLS.get(field, field)}" if known else "",
        "line": _line(question, name, row, inside),
    }


def _line(question: Part, name: str, row: str | None, inside: str | None) -> str:
    """Text that a remark is about, if it is one of several lines."""
    if row is None or inside == "cues":
        return ""
    part = question[name][int(row)]
    text = part.get(inside, "") if isinstance(part, dict) else part
    return str(text)[:120]


def _path(arc: script_flow.FlowArc, width: int) -> str:
    x = width - LANE * (arc.lane + 1)
    top, bottom = _middle(arc.start) + 5, _middle(arc.end)
    bend = LANE // 2
    return (
        f"M{width} {top}H{x + bend}Q{x} {top} {x} {top + bend}"
        f"V{bottom - bend}Q{x} {bottom} {x + bend} {bottom}H{width - 2}"
    )


def _head(arc: script_flow.FlowArc, width: int) -> str:
    y = _middle(arc.end)
    return f"M{width - 7} {y - 4}L{width - 1} {y}L{width - 7} {y + 4}"


def _middle(place: int) -> int:
    return ROW * place + ROW // 2


def _cues_text(cues: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cues)
    if any("," in cue or '"' in cue for cue in cues):
        return line.getvalue()
    return ", ".join(cues)


def _rest(part: Part, shown: Sequence[str]) -> str:
    return orjson.dumps({n: v for n, v in part.items() if n not in shown}).decode()
