"""Scripts to begin with, for common studies: files of the package, in the form of an export."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from interviewrelay.analysis.estimate import estimate
from interviewrelay.interviewer.guide import guide_of
from interviewrelay.scripts import file_format
from interviewrelay.scripts.document import ScriptDocument

_ABOUT: Final[Mapping[str, tuple[str, str]]] = {
    "usability": ("Usability", "After somebody has used a product: where it went, and where it stuck."),
    "onboarding": ("Onboarding", "With new colleagues: what helped at first, what was missing."),
    "exit": ("Exit", "With people who leave: what led to it, what could have been different."),
    "churn": ("Churn", "With customers who cancelled: from the first doubt to the last day."),
    "discovery": ("Discovery", "Before anything is built: how people do it today, at what cost."),
    "training": ("Training feedback", "Weeks after a course: what is in use, what stands in the way."),
    "patient": ("Patient experience", "After a visit: waiting, being heard, knowing how to go on."),
    "event": ("Event", "What people came for, and what they took home."),
    "pulse": ("Pulse", "A short talk with a team every few weeks: how work goes just now."),
    "thesis": ("Thesis", "A semi-structured interview, to be adapted to a question of research."),
}  # fmt: skip
"""By file name: what it is called, and when it is of use."""


@dataclass(frozen=True, slots=True)
class Template:
    key: str
    title: str
    about: str
    document: Mapping[str, Any]
    questions: int
    minutes: int


@cache
def listing() -> Sequence[Template]:
    return tuple(_read(key) for key in _ABOUT)


def named(key: str | None) -> Template | None:
    return next((template for template in listing() if template.key == key), None)


def _read(key: str) -> Template:
    file = resources.files("interviewrelay.scripts").joinpath("study_templates", f"{key}.yaml")
    value = file_format.read(file.read_bytes()).value
    document = ScriptDocument.model_validate(value).document()
    title, about = _ABOUT[key]
    minutes = estimate(guide_of(document)).likely
    return Template(key, title, about, document, len(document["questions"]), minutes)
