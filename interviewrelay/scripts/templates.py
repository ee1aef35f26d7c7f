"""Study templates: ready-made scripts for common studies, in the format of an export."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from interviewrelay.analysis.estimate import estimate_length
from interviewrelay.interviewer.guide import build_guide
from interviewrelay.scripts import file_format
from interviewrelay.scripts.document import ScriptDocument

_ABOUT: Final[Mapping[str, tuple[str, str]]] = {
    "usability": ("Usability", "After people used a product: what worked and where they got stuck."),
    "onboarding": ("Onboarding", "With new colleagues: what helped at the start and what was missing."),
    "exit": ("Exit", "With people who are leaving: why, and what could have been different."),
    "churn": ("Churn", "With customers who cancelled: from the first doubt to the last day."),
    "discovery": ("Discovery", "Before you build anything: how people do the task now, and its cost."),
    "training": ("Training feedback", "After a course: what people use and what gets in the way."),
    "patient": ("Patient experience", "After a visit: the wait, being heard, knowing what to do next."),
    "event": ("Event", "After an event: what people came for and what they got out of it."),
    "pulse": ("Pulse", "A short check-in with a team every few weeks: how work is going."),
    "thesis": ("Thesis", "A semi-structured interview to adapt to your research question."),
}  # fmt: skip
"""Title and description of each template, by file name."""


@dataclass(frozen=True, slots=True)
class ScriptTemplate:
    key: str
    title: str
    about: str
    document: Mapping[str, Any]
    questions: int
    minutes: int


@cache
def list_templates() -> Sequence[ScriptTemplate]:
    return tuple(_read(key) for key in _ABOUT)


def find_template(key: str | None) -> ScriptTemplate | None:
    return next((template for template in list_templates() if template.key == key), None)


def _read(key: str) -> ScriptTemplate:
    file = resources.files("interviewrelay.scripts").joinpath("study_templates", f"{key}.yaml")
    value = file_format.parse_file(file.read_bytes()).value
    document = ScriptDocument.model_validate(value).document()
    title, about = _ABOUT[key]
    minutes = estimate_length(build_guide(document)).likely
    return ScriptTemplate(key, title, about, document, len(document["questions"]), minutes)
