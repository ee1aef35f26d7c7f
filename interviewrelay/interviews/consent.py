"""Consent text: what a participant agrees to before an interview."""

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from interviewrelay.interviewer.guide import Guide
from interviewrelay.interviewer.text.tokenization import get_base_language


@dataclass(frozen=True, slots=True)
class ConsentText:
    """A consent text. `version` identifies this exact text, so that a record shows which words were
    agreed to; `language` is the language of the text.
    """

    version: str
    text: str
    language: str


def build_consent_text(
    guide: Guide, organization: str, minutes: int, *, adaptive: bool = False
) -> ConsentText:
    """The author's consent text, in the script's language. Without one, the built-in text in that
    language, or in English; it says whether a language model is used (`adaptive`).
    """
    if guide.consent_text:
        text, language = guide.consent_text, guide.language
    else:
        base = get_base_language(guide.language)
        spoken = base if base in _read_standard() else "en"
        language = guide.language if base == spoken else spoken
        text = _standard(guide, organization, minutes, spoken, adaptive=adaptive)
    version = hashlib.sha256(text.encode()).hexdigest()[:12]
    return ConsentText(version, text, language)


def _standard(
    guide: Guide, organization: str, minutes: int, language: str, *, adaptive: bool
) -> str:
    ours = _read_standard()[language]
    # One pass only: a name or a purpose that holds braces is never read as a template.
    return ours["text"].format(
        organization=organization,
        minutes=minutes,
        kind=ours["adaptive" if adaptive else "structured"],
        purpose=ours["purpose"].format(purpose=guide.purpose) if guide.purpose else "",
        contact=ours["contact"].format(contact=guide.contact) if guide.contact else "",
    )


@cache
def _read_standard() -> dict[str, dict[str, str]]:
    """The built-in text in each language, with its optional sentences."""
    return tomllib.loads(Path(__file__).with_name("consent.toml").read_text("utf-8"))
