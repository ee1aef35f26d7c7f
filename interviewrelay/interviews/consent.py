"""Consent text: what a participant agrees to before an interview."""

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from interviewrelay.interviewer.guide import Guide
from interviewrelay.interviewer.text.tokenization import get_base_language


@dataclass(frozen=True, slots=True)
class VoiceTerms:
    """Terms of spoken answers, as a consent text states them: whether recordings are `kept` after
    they are transcribed, for how many `days` (None: as long as the answers), and whether speech is
    transcribed on this server (`local`).
    """

    kept: bool = True
    days: int | None = 90
    local: bool = True


@dataclass(frozen=True, slots=True)
class ConsentTerms:
    """Terms that a consent text states: whether a language model is used (`adaptive`), and those of
    spoken answers (`voice`); None if answers are given in writing only.
    """

    adaptive: bool = False
    voice: VoiceTerms | None = None


IN_WRITING: Final = ConsentTerms()


@dataclass(frozen=True, slots=True)
class ConsentText:
    """A consent text. `version` identifies this exact text, so that a record shows which words were
    agreed to; `language` is the language of the text.
    """

    version: str
    text: str
    language: str


def build_consent_text(
    guide: Guide,
    organization: str,
    minutes: int,
    *,
    adaptive: bool = False,
    voice: VoiceTerms | None = None,
) -> ConsentText:
    """The author's consent text, in the script's language. Without one, the built-in text in that
    language, or in English; it says whether a language model is used (`adaptive`), and what happens
    to spoken answers (`voice`).
    """
    if guide.consent_text:
        text, language = guide.consent_text, guide.language
    else:
        base = get_base_language(guide.language)
        spoken = base if base in _read_standard() else "en"
        language = guide.language if base == spoken else spoken
        text = _standard(guide, organization, minutes, spoken, ConsentTerms(adaptive, voice))
    version = hashlib.sha256(text.encode()).hexdigest()[:12]
    return ConsentText(version, text, language)


def _standard(
    guide: Guide, organization: str, minutes: int, language: str, terms: ConsentTerms
) -> str:
    ours = _read_standard()[language]
    # One pass only: a name or a purpose that holds braces is never read as a template.
    return ours["text"].format(
        organization=organization,
        minutes=minutes,
        kind=ours["adaptive" if terms.adaptive else "structured"],
        manner=ours["spoken" if terms.voice else "written"],
        voice=_describe_voice(ours, terms.voice) if terms.voice else "",
        purpose=ours["purpose"].format(purpose=guide.purpose) if guide.purpose else "",
        contact=ours["contact"].format(contact=guide.contact) if guide.contact else "",
    )


def _describe_voice(ours: dict[str, str], voice: VoiceTerms) -> str:
    kept = "not_kept" if not voice.kept else "kept" if voice.days is None else "kept_days"
    parts = (ours["voice"], ours["local" if voice.local else "service"], ours[kept])
    return "".join(parts).format(days=voice.days)


@cache
def _read_standard() -> dict[str, dict[str, str]]:
    """The built-in text in each language, with its optional sentences."""
    return tomllib.loads(Path(__file__).with_name("consent.toml").read_text("utf-8"))
