"""Script form: typed fields to a document, without loss (`editor_view` is the reverse).

Data without a form field travels along as JSON, for the script, each question and each need.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any, Final

from interviewrelay.core.errors import InvalidJson, Refusal
from interviewrelay.core.strict_json import parse_object
from interviewrelay.scripts.document import QuestionIn, ScriptDocument
from interviewrelay.web.ui import page_helpers

Fields = Mapping[str, str]
Part = dict[str, Any]

OF_SCRIPT: Final = (
    "name", "language", "target_minutes", "tone", "purpose", "consent_text", "contact",
)  # fmt: skip
OF_PLACES: Final = ("resources", "reporting")
"""Places by name, one a line, the name first."""
OF_QUESTION: Final = (
    "text", "kind", "options", "importance", "depth", "sensitivity", "needs", "probes", "rephrase",
    "explain", "avoid", "ask_if", "skip_if", "seconds",
)  # fmt: skip
OF_NEED: Final = ("label", "ask", "cues")
OF_CONDITION: Final = ("question", "op", "value")
OF_LINES: Final = ("options", "probes", "rephrase", "avoid")
CONDITIONS: Final = ("ask_if", "skip_if")

NEW_QUESTION: Final[Part] = QuestionIn.model_construct(text="").model_dump(mode="json")
NEW_SCRIPT: Final[Part] = ScriptDocument.model_construct(
    name="", questions=[QuestionIn.model_construct(text="")]
).model_dump(mode="json")

SENTENCES: Final = {
    "name": "Enter a name for the script, up to 200 characters.",
    "language": "Enter a language code, for example en, nl or pt-BR.",
    "target_minutes": "Enter a whole number of minutes from 1 to 180.",
    "purpose": "Shorten the purpose to 500 characters or fewer.",
    "consent_text": "Shorten the consent text to 10,000 characters or fewer.",
    "contact": "Shorten the contact to 500 characters or fewer.",
    "resources": "Enter up to 50 services of up to 500 characters each.",
    "reporting": "Enter up to 50 services of up to 500 characters each.",
    "thank_text": "Shorten the closing words to 5,000 characters or fewer.",
    "questions": "Add between 1 and 100 questions.",
    "text": "Enter the question, up to 1,000 characters.",
    "needs": "Use up to 20 learning goals per question.",
    "label": "Enter a learning goal, up to 500 characters.",
    "ask": "Shorten the follow-up question to 500 characters or fewer.",
    "cues": "Enter up to 50 cues of up to 500 characters each.",
    "probes": "Enter up to 50 probes of up to 500 characters each.",
    "rephrase": "Enter up to 50 other wordings of up to 500 characters each.",
    "options": "Enter up to 50 answer options of up to 500 characters each.",
    "avoid": "Enter up to 50 topics to avoid of up to 500 characters each.",
    "seconds": "Enter a whole number of seconds from 1 to 7,200, or leave the field empty.",
    "explain": "Shorten the explanation to 5,000 characters or fewer.",
    "value": "Shorten the value to 500 characters or fewer.",
}
_INDEX: Final = re.compile(r"\[(\d+)\]")
_ARRANGING: Final = re.compile(
    r"(save|up|down|move|copy|remove)-(\d{1,3})(?:-to-(\d{1,3}))?", re.ASCII
)


def parse_form(form: Fields) -> Part:
    """Document as typed, without blank questions at the end and without blank needs."""
    typed: Part = {**_carried(form, "rest"), **{n: _text(form, n) for n in OF_SCRIPT}}
    typed |= {name: _places(_text(form, name)) for name in OF_PLACES if name in form}
    typed["target_minutes"] = page_helpers.parse_number(typed["target_minutes"])
    typed["closing"] = {
        "anything_to_add": "closing.anything_to_add" in form,
        "check_back": "closing.check_back" in form,
        "thank_text": _text(form, "closing.thank_text"),
    }
    typed["questions"] = [_question(form, at) for at in _rows(form, "questions.{}.text")]
    while len(typed["questions"]) > 1 and _blank(typed["questions"][-1]):
        typed["questions"].pop()
    return typed


def get_verb(action: str) -> str:
    """Action of a button, without its question."""
    return action.partition("-")[0]


def apply_action(typed: Part, action: str) -> int | None:
    """Apply a button's action to the questions (`up-2`, `move-4-to-0`); returns the position to
    show, from 0.
    """
    questions: list[Part] = typed["questions"]
    if action == "add":
        return len(questions)
    asked = _ARRANGING.fullmatch(action)
    if asked is None or int(asked[2]) >= len(questions):
        return None
    at = int(asked[2])
    if asked[1] == "remove":
        del questions[at]
        return min(at, len(questions) - 1) if questions else None
    if asked[1] == "copy":
        questions.insert(at + 1, {n: v for n, v in questions[at].items() if n != "id"})
        return at + 1
    to = {"up": at - 1, "down": at + 1, "move": int(asked[3] or at)}.get(asked[1], at)
    if not 0 <= to < len(questions):
        return at
    questions.insert(to, questions.pop(at))
    return to


def list_problems(refusal: Refusal, typed: Part) -> list[page_helpers.Problem]:
    """Problems of a form, each with the id of its field, in the words of the page."""
    details = refusal.details
    found = details.get("errors") or [{**details, "message": refusal.message}]
    ids = [q.get("id") for q in typed["questions"]]
    return [_problem(p, ids) for p in found]


def _question(form: Fields, at: int) -> Part:
    head = f"questions.{at}."
    made: Part = {**_carried(form, head + "rest"), "text": _text(form, head + "text")}
    for name in ("kind", "importance", "depth"):
        made[name] = form.get(head + name, NEW_QUESTION[name])
    made["sensitivity"] = page_helpers.parse_number(form.get(head + "sensitivity", "0"))
    seconds = _text(form, head + "seconds")
    made["seconds"] = page_helpers.parse_number(seconds) if seconds else None
    made["needs"] = [n for n in _needs(form, head) if n["label"] or n["ask"] or n["cues"]]
    made |= {name: _lines(form, head + name) for name in OF_LINES}
    made["explain"] = _text(form, head + "explain")
    for name in CONDITIONS:
        condition = {n: _text(form, f"{head}{name}.{n}") for n in OF_CONDITION}
        made[name] = condition if condition["question"] else None
    return made


def _needs(form: Fields, head: str) -> Iterator[Part]:
    for row in _rows(form, head + "needs.{}.label"):
        here = f"{head}needs.{row}."
        made = {**_carried(form, here + "rest"), "label": _text(form, here + "label")}
        made["ask"] = _text(form, here + "ask")
        made["cues"] = _cues(_text(form, here + "cues"))
        yield made


def _rows(form: Fields, pattern: str) -> Iterator[int]:
    row = 0
    while pattern.format(row) in form:
        yield row
        row += 1


def _carried(form: Fields, name: str) -> Part:
    try:
        return parse_object(form.get(name, "{}").encode())
    except InvalidJson:
        return {}


def _text(form: Fields, name: str) -> str:
    return form.get(name, "").replace("\r\n", "\n").strip()


def _lines(form: Fields, name: str) -> list[str]:
    return [line.strip() for line in _text(form, name).split("\n") if line.strip()]


def _places(text: str) -> dict[str, str]:
    """Parse `Name: address` lines; one without a name gets its number."""
    made: dict[str, str] = {}
    for number, line in enumerate(filter(None, map(str.strip, text.split("\n"))), 1):
        name, apart, place = (part.strip() for part in line.partition(": "))
        named = bool(apart and name) and name not in made
        free = next(str(n) for n in count(number) if str(n) not in made)
        made[name if named else free] = place if named else line
    return made


def format_places(places: Mapping[str, str]) -> str:
    """The reverse of `_places`. A place without a name goes to the line of its number: PostgreSQL
    does not keep the order of a JSON object.
    """
    lines, unnamed = list[str](), dict[int, str]()
    for name, place in places.items():
        line = " ".join(place.split())
        if name.isdigit() and ": " not in line:
            unnamed[int(name)] = line
        else:
            lines.append(f"{name}: {line}")
    for number, line in sorted(unnamed.items()):
        lines.insert(number - 1, line)
    return "\n".join(lines)


def _cues(text: str) -> list[str]:
    """Cues separated by commas; one that contains a comma is quoted."""
    rows = csv.reader(text.split("\n"), skipinitialspace=True)
    return [cue.strip() for row in rows for cue in row if cue.strip()]


def _blank(question: Part) -> bool:
    filled = ("text", "needs", "explain", *OF_LINES)
    return not question.get("id") and not any(question[name] for name in filled)


def _problem(problem: Mapping[str, str], ids: Sequence[object]) -> page_helpers.Problem:
    parts = _INDEX.sub(r".\1", problem.get("field", "")).split(".")
    if parts[0] != "questions" or len(parts) < 3:
        name = parts[0] if parts[0] in OF_PLACES else parts[-1]
        parts = parts[:1] if name in OF_PLACES else parts
        return {"field": ".".join(parts), "message": SENTENCES.get(name, problem["message"])}
    # The linter names a question by id, the schema by position.
    at = ids.index(parts[1]) if parts[1] in ids else int(parts[1]) if parts[1].isdigit() else 0
    inside = parts[2:]
    if len(inside) > 1 and inside[-1].isdigit():
        inside.pop()
    known = inside[0] in OF_QUESTION
    field = ".".join(("questions", str(at), *inside)) if known else f"question-{at + 1}"
    if field.endswith((".needs", ".ask_if", ".skip_if", ".sensitivity")):
        field = f"question-{at + 1}"
    words = problem["message"]
    if words.startswith("The '"):
        words = SENTENCES.get(inside[-1], words)
    return {"field": field, "message": f"Question {at + 1}: {words[:1].lower()}{words[1:]}"}
