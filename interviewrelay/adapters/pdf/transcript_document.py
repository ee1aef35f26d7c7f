"""PDF document of a transcript: facts, turns, and their HTML."""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import reportlab.rl_config
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from reportlab.platypus.tables import CellStyle
from xhtml2pdf import pisa
from xhtml2pdf.config.resources import ResourceAccessPolicy

from interviewrelay.adapters.pdf import (
    fonts as pdf_fonts,
    glyph_operators,
    line_breaking,
    page_breaks,
)
from interviewrelay.adapters.pdf.typesetting import Typesetter, detect_direction
from interviewrelay.billing import prices
from interviewrelay.core import clock
from interviewrelay.core.conversation import get_wording_model
from interviewrelay.transcripts import formats

RENDER_SECONDS = 20
FOOTER_LENGTH = 70
STATUS = {
    "completed": "Completed",
    "in_progress": "In progress",
    "abandoned": "Abandoned",
    "failed": "Failed",
}
LEFT_TO_RIGHT = "\u200e"
RTL = Markup(' dir="rtl"')


class RenderError(Exception):
    """xhtml2pdf failed."""


def render_pdf(transcript: Mapping[str, Any], assets: Path) -> bytes:
    """PDF of a transcript (`dataclasses.asdict`, times as ISO 8601 text).

    `assets` holds `templates/pdf` and `static/fonts`. Raises RenderError, or any exception of the
    libraries. Call it once in a process, since it changes how ReportLab writes text.
    """
    reportlab.rl_config.toColorCanUse = None
    fonts = assets / "static" / "fonts"
    faces = pdf_fonts.FontSet(fonts)
    for name in (pdf_fonts.BODY, pdf_fonts.LABEL):
        faces.get(name)
    # Otherwise pages and tables refer to Helvetica, which is unused and not embedded.
    reportlab.rl_config.canvas_basefontname = CellStyle.fontname = pdf_fonts.BODY
    setter = Typesetter(
        pdf_fonts.GlyphCoverage(fonts), faces, str(transcript["language"] or "")
    )
    glyph_operators.install_operators(faces)
    line_breaking.install_line_breaking(faces)
    page_breaks.install_page_breaks()
    out = io.BytesIO()
    done = pisa.CreatePDF(
        _html(transcript, setter, assets),
        dest=out,
        encoding="utf-8",
        resource_policy=ResourceAccessPolicy.server(
            fonts, allow_remote=False, max_render_seconds=RENDER_SECONDS
        ),
    )
    if done.err or not out.getvalue():
        raise RenderError
    return out.getvalue()


def _html(transcript: Mapping[str, Any], setter: Typesetter, assets: Path) -> str:
    place = Environment(
        loader=FileSystemLoader(assets / "templates" / "pdf"),
        autoescape=True,
        undefined=StrictUndefined,
    )
    # Typeset everything before writing the page, because typesetting decides the fonts in use.
    head = _head(transcript, setter)
    facts = [(name, setter.typeset(value)) for name, value in _facts(transcript)]
    turns = [_turn(turn, transcript, setter) for turn in transcript["turns"]]
    return place.get_template("transcript.html").render(
        head=head,
        facts=facts,
        turns=turns,
        closing=_without_gaps(
            setter.typeset((transcript["closing"] or "").strip()).split("\n")
        ),
        lang=re.sub(r"[^A-Za-z0-9-]", "", str(transcript["language"] or "")) or "en",
        body_faces=Markup(setter.font_families(pdf_fonts.BODY)),  # noqa: S704
        label_faces=Markup(setter.font_families(pdf_fonts.LABEL)),  # noqa: S704
    )


def _head(transcript: Mapping[str, Any], setter: Typesetter) -> dict[str, str]:
    title = _flat(transcript["title"]) or "Interview"
    short = title if len(title) <= FOOTER_LENGTH else title[: FOOTER_LENGTH - 1].rstrip() + "…"
    under = " · ".join(
        filter(None, map(_flat, (transcript["project"], transcript["organization"])))
    )
    return {
        "name": title.encode(errors="replace").decode(),
        "title": setter.typeset(title),
        "title_dir": RTL if detect_direction(title) == "rtl" else "",
        "footer": setter.typeset(short),
        "under": setter.typeset(under),
        "author": _flat(transcript["organization"]).encode(errors="replace").decode(),
    }


def _facts(transcript: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """Names and values of the known facts about the interview."""
    consent = transcript["consent"] or {}
    sentiment = transcript["sentiment"] or {}
    status = str(transcript["status"] or "")
    ended = formats.describe_ending(danger=transcript["danger"], early=transcript["early"])
    name, mail = _flat(transcript["participant_name"]), _flat(transcript["participant_email"])
    found = (
        ("Organization", _flat(transcript["organization"])),
        ("Project", _flat(transcript["project"])),
        ("Participant", f"{name} ({mail})" if name and mail else name or mail),
        ("Status", STATUS.get(status, status.replace("_", " ").capitalize()) + ended),
        ("Started", _moment(transcript["started_at"])),
        ("Completed", _moment(transcript["completed_at"])),
        ("Length", _length(transcript["duration_seconds"])),
        ("Credits", _charged(transcript)),
        ("Language", _flat(transcript["language"])),
        ("Mode", _flat(transcript["mode"]).capitalize()),
        ("Interviewer", _flat(transcript["interviewer"])),
        ("Consent", _consent(consent)),
        ("Sentiment", _sentiment(sentiment.get("label")).capitalize()),
        ("Turns", str(len(transcript["turns"]))),
        ("Interview ID", _flat(transcript["session_id"])),
    )
    return ((name, value) for name, value in found if value)


def _sentiment(label: object) -> str:
    return "not clear" if label == "unsure" else _flat(label)


def _consent(consent: Mapping[str, Any]) -> str:
    version, at = _flat(consent.get("version")), _moment(consent.get("agreed_at"))
    parts = (f"version {version}" if version else "", f"given {at}" if at else "")
    return ", ".join(filter(None, parts))


def _turn(
    turn: Mapping[str, Any], transcript: Mapping[str, Any], setter: Typesetter
) -> dict[str, Any]:
    asked = turn["speaker"] == "ai"
    name = "Interviewer" if asked else _flat(transcript["participant_name"]) or "Participant"
    text = str(turn["text"] or "").strip()
    mood = "" if asked or turn["skipped"] else _sentiment(turn["sentiment"])
    return {
        "look": "asked" if asked else "said",
        "label": "who" if asked else "person",
        "who": setter.typeset(name),
        # Otherwise a time after an Arabic name would be drawn before it.
        "mark": LEFT_TO_RIGHT if detect_direction(name) == "rtl" else "",
        "aside": " · ".join(filter(None, (_clock(turn["timestamp"]), mood))),
        "dir": RTL if detect_direction(text) == "rtl" else "",
        "skipped": bool(turn["skipped"]),
        "unheard": not (asked or text or turn["skipped"]),
        "lines": _without_gaps(setter.typeset(text).split("\n")),
        "notes": [setter.typeset(note) for note in _notes(turn, transcript["turns"])],
    }


def _notes(turn: Mapping[str, Any], turns: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    """Notes on a turn: the model that worded a question, the answer that it corrects, and later
    corrections.
    """
    if model := get_wording_model(turn["decision"]):
        yield f"Worded by the model {_flat(model)}."
    at = {other["number"]: other for other in turns}
    if turn["amends"]:
        yield f"Corrects the answer at {_clock(at[turn['amends']]['timestamp'])}."
    marks = {name: turn[name] for name in ("struck", "quotable")}
    first = None if turn["original"] is None else _flat(turn["original"])
    yield from formats.describe_review(first, **marks)
    for later in map(at.__getitem__, turn["amended_by"]):
        yield f"Corrected at {_clock(later['timestamp'])}: {_flat(later['text'])}"


def _without_gaps(lines: Sequence[str]) -> list[str]:
    """At most one empty line in a row, so that line breaks make no empty pages."""
    return [line for above, line in pairwise(("-", *lines)) if line.strip() or above.strip()]


def _flat(value: object) -> str:
    """Text on one line; empty for None."""
    return "" if value is None else " ".join(str(value).split())


def _clock(seconds: float | None) -> str:
    """Time since the start as `mm:ss`; minutes continue beyond 59."""
    whole = max(0, int(seconds or 0))
    return f"{whole // 60:02d}:{whole % 60:02d}"


def _length(seconds: int | None) -> str:
    return "" if seconds is None else clock.format_duration(seconds)


def _charged(transcript: Mapping[str, Any]) -> str:
    """`60 (6 minutes billed)`; empty before the end."""
    credits, seconds = transcript["credits_charged"], transcript["duration_seconds"]
    if credits is None:
        return ""
    billed = credits and seconds is not None
    return f"{credits} ({prices.describe_billed(seconds)})" if billed else str(credits)


def _moment(value: object) -> str:
    """`24 November 2025, 16:14 UTC`; empty when unknown."""
    if not value:
        return ""
    try:
        at = datetime.fromisoformat(str(value))
    except ValueError:
        return _flat(value)
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return f"{at.day} {at:%B %Y, %H:%M} UTC"
