"""Transcript formats: plain text, Markdown, CSV and subtitles. Pure functions from transcript to
text.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from interviewrelay.core import clock
from interviewrelay.core.conversation import (
    Transcript,
    TranscriptTurn,
    get_wording_model,
    is_abandoned_reading,
)

NAMES: Final = {"ai": "Interviewer", "participant": "Participant"}
SKIPPED: Final = "[no answer]"
UNHEARD: Final = "[spoken; not transcribed yet]"
STRUCK: Final = "Deleted by the participant."
ENDED_BY_DANGER: Final = " (ended for safety)"
ENDED_EARLY: Final = " (ended early by the participant)"

COLUMNS: Final = (
    "session_id", "number", "timestamp", "duration", "speaker", "text", "sentiment",
    "confidence", "question_id", "act", "reason", "skipped", "id", "amends", "amended_by",
    "source", "model", "original", "struck", "quotable",
)  # fmt: skip

SHORTEST_CUE, LONGEST_CUE, LAST_CUE = 1.0, 20.0, 5.0
"""Duration of a subtitle in seconds; the last turn's real duration is unknown."""

# Characters that start a formula in a spreadsheet, also after spaces that it drops.
_SIGNS: Final = frozenset("=+-@＝＋－＠")
_BLANKS: Final = frozenset("\t\r\n")
_MARKDOWN: Final = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~&:=\"'])")
# Control characters, line separators, and marks that change the text direction.
_INVISIBLE: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\ufeff]"
)
_BREAK: Final = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
_TAG: Final = re.compile(r"<(?=[A-Za-z/!?])|\{(?=\\)|-->")
_JOINER: Final = "\u2060"
_ISOLATE, _POP = "\u2068", "\u2069"
_RIGHT_TO_LEFT: Final = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def safe_cell(value: object) -> object:
    """Spreadsheet cell that is never a formula. Our own numbers stay numbers."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return value
    text = value.replace("\x00", "")
    dangerous = text[:1] in _BLANKS or text.lstrip()[:1] in _SIGNS
    return f"'{text}" if text and dangerous else text


def format_rows(lines: Iterable[Sequence[object]]) -> str:
    """CSV with CRLF (RFC 4180), every cell safe."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(
        [safe_cell(v) for v in line] for line in lines
    )
    return out.getvalue()


def build_csv_cells(turn: TranscriptTurn) -> list[object]:
    """Cells of a turn, in the order of COLUMNS after the first."""
    decision = turn.decision or {}
    made: dict[str, object] = {name: decision.get(name) for name in ("act", "reason", "source")}
    made["model"] = get_wording_model(decision)
    made["amended_by"] = " ".join(map(str, turn.amended_by))
    return [made[name] if name in made else getattr(turn, name) for name in COLUMNS[1:]]


def format_csv(value: Transcript) -> str:
    """CSV, one row a turn, with a byte order mark so that spreadsheets detect UTF-8."""
    lines = ([value.session_id, *build_csv_cells(turn)] for turn in value.turns)
    return "\ufeff" + format_rows([COLUMNS, *lines])


def format_text(value: Transcript) -> str:
    head = [_line(value.title), *(f"{name}: {said}" for name, said in _facts(value))]
    said = [
        "\n".join(
            (
                f"[{_clock(turn.timestamp)}] {NAMES[turn.speaker]}: {_turned(_plain(_words(turn)))}",
                *(f"({note})" for note in _notes(turn, value.turns)),
            )
        )
        for turn in value.turns
    ]
    if value.closing:
        said.append(f"{NAMES['ai']}: {_turned(_plain(value.closing))}")
    return "\n".join([*head, "", *(line + "\n" for line in said)])


def format_markdown(value: Transcript) -> str:
    """Markdown; what people said is escaped from Markdown and HTML."""
    facts = [f"- **{name}:** {_escaped(said)}" for name, said in _facts(value)]
    turns = [
        f"**{NAMES[turn.speaker]}** ({_clock(turn.timestamp)})\n\n"
        + _quoted(_words(turn))
        + "".join(f"\n\n*{_escaped(note)}*" for note in _notes(turn, value.turns))
        for turn in value.turns
    ]
    if value.closing:
        turns.append(f"**{NAMES['ai']}**\n\n{_quoted(value.closing)}")
    return (
        "\n".join([f"# {_escaped(_line(value.title))}", "", *facts, ""])
        + "\n"
        + ("\n\n".join(turns) + "\n")
    )


def _quoted(text: str) -> str:
    lines = [_escaped(line) for line in _plain(text).split("\n")]
    return "\n".join(f"> {line}\\" for line in lines).removesuffix("\\")


def format_srt(value: Transcript) -> str:
    cues = [
        f"{number}\n{_stamp(begin, ',')} --> {_stamp(end, ',')}\n{_subtitle(turn)}\n"
        for number, (begin, end, turn) in enumerate(_cues(value.turns), 1)
    ]
    return "\n".join(cues)


def format_vtt(value: Transcript) -> str:
    cues = [
        f"{number}\n{_stamp(begin, '.')} --> {_stamp(end, '.')}\n"
        f"<v {NAMES[turn.speaker]}>{_subtitle(turn, named=False)}\n"
        for number, (begin, end, turn) in enumerate(_cues(value.turns), 1)
    ]
    return "\n".join(["WEBVTT\n", *cues])


FORMS: Final[dict[str, tuple[str, Callable[[Transcript], str]]]] = {
    "txt": ("text/plain", format_text),
    "md": ("text/markdown", format_markdown),
    "csv": ("text/csv", format_csv),
    "srt": ("application/x-subrip", format_srt),
    "vtt": ("text/vtt", format_vtt),
}
"""Formats beside JSON: media type and function."""


def _facts(value: Transcript) -> list[tuple[str, str]]:
    known: list[tuple[str, Any]] = [
        ("Interview ID", value.session_id),
        ("Project", value.project),
        ("Participant", value.participant_name or value.participant_email),
        (
            "Status",
            value.status.replace("_", " ")
            + describe_ending(danger=value.danger, early=value.early),
        ),
        ("Started", f"{value.started_at:%Y-%m-%d %H:%M:%S} UTC"),
        ("Length", clock.format_duration(value.duration_seconds)),
        ("Language", value.language),
        ("Interviewer", value.interviewer),
    ]
    return [(name, _line(str(said))) for name, said in known if said]


def describe_ending(*, danger: bool, early: bool) -> str:
    """Suffix of the status for an interview that ended before its close; otherwise empty."""
    return ENDED_BY_DANGER if danger else ENDED_EARLY if early else ""


def _notes(turn: TranscriptTurn, turns: Sequence[TranscriptTurn]) -> list[str]:
    """Notes on a turn: the model that worded a question, the answer that it corrects, and later
    corrections.
    """
    at = {other.number: other for other in turns}
    found = (
        [f"Corrects the answer at {_clock(at[turn.amends].timestamp)}."] if turn.amends else []
    )
    if is_abandoned_reading((turn.decision or {}).get("details")):
        found.append(
            "The previous answer took too long to analyse, so the next question was asked."
        )
    if model := get_wording_model(turn.decision):
        found.append(f"Worded by the model {_line(model)}.")
    first = None if turn.original is None else _turned(_line(turn.original))
    found += describe_review(first, struck=turn.struck, quotable=turn.quotable)
    for number in turn.amended_by:
        later = at[number]
        found.append(f"Corrected at {_clock(later.timestamp)}: {_turned(_line(later.text))}")
    return found


def describe_review(original: str | None, *, struck: bool, quotable: bool) -> list[str]:
    """Changes from the answer review; `original` on one line."""
    if struck:
        return [STRUCK]
    found = [] if quotable else ["Not to be quoted."]
    if original:
        found.append(f"Edited by the participant. Original answer: {original}")
    elif original is not None:
        found.append("The participant skipped this at first and answered it later.")
    return found


def _words(turn: TranscriptTurn) -> str:
    if turn.text.strip():
        return turn.text
    unheard = turn.speaker == "participant" and not turn.skipped
    return UNHEARD if unheard else SKIPPED


def _plain(text: str) -> str:
    """Text without invisible characters, with one kind of line break."""
    return _INVISIBLE.sub("", _BREAK.sub("\n", text))


def _line(text: str) -> str:
    return " ".join(_plain(text).split())


def _turned(text: str) -> str:
    """Isolate right-to-left text in a left-to-right line, so that neither reorders the other."""
    return f"{_ISOLATE}{text}{_POP}" if _RIGHT_TO_LEFT.search(text) else text


def _escaped(text: str) -> str:
    return _turned(_MARKDOWN.sub(r"\\\1", text).replace("\t", " "))


def _cues(turns: Sequence[TranscriptTurn]) -> Iterator[tuple[float, float, TranscriptTurn]]:
    """Cues: each turn from its time until the next one, for at least a second.

    A question has the time of the answer before it, so it starts after that answer's second:
    players show one cue at a time or stack them. With a recording, each turn is shown while it is
    heard; one that is not heard until the next one.
    """
    end = 0.0
    for turn, following in zip(turns, (*turns[1:], None), strict=True):
        if turn.end is not None:
            begin, end = turn.timestamp, turn.end
            if end <= begin:
                later = 0.0 if following is None else following.timestamp
                end = later if later > begin else begin + SHORTEST_CUE
            yield begin, end, turn
            continue
        begin = max(turn.timestamp, end)
        end = begin + LAST_CUE if following is None else following.timestamp
        end = min(max(end, begin + SHORTEST_CUE), begin + LONGEST_CUE)
        yield begin, end, turn


def _subtitle(turn: TranscriptTurn, *, named: bool = True) -> str:
    """Subtitle text without empty lines, which would end the cue, and without tags or arrows."""
    lines = [" ".join(line.split()) for line in _plain(_words(turn)).split("\n")]
    text = "\n".join(line for line in lines if line) or SKIPPED
    if named:  # SubRip has no entities: an invisible joiner prevents the tag
        return f"{NAMES[turn.speaker]}: {_turned(_TAG.sub(_broken, text))}"
    return _turned(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def _broken(found: re.Match[str]) -> str:
    return found[0][0] + _JOINER + found[0][1:]


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def _stamp(seconds: float, point: str) -> str:
    millis = round(seconds * 1000)
    return f"{_clock(millis // 1000)}{point}{millis % 1000:03d}"
