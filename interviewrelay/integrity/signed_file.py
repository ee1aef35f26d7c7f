"""Signed file: lines of JSON, and a last line that signs the digest of each of them."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from interviewrelay.core import clock
from interviewrelay.core.security.tokens import KeyRing
from interviewrelay.integrity import chain, chain_check, signatures
from interviewrelay.integrity.chain_check import SealedEvent, SealedInterview, SealedTurn
from interviewrelay.integrity.signatures import PublicKeys

Line = Mapping[str, Any]
Label = tuple[str, Any]

NOT_SIGNED: Final = (
    "This isn't a signed transcript: its last line has no signature. Download it from the "
    "interview's page, or with 'format=signed'."
)


class NotSigned(ValueError):
    """A file without a signature."""

    def __init__(self) -> None:
        super().__init__(NOT_SIGNED)


@dataclass(frozen=True, slots=True)
class FileReport:
    """Result of a check: what the file says about itself, and its problems as sentences."""

    session_id: str
    signed_at: str
    turns: int
    key_id: str
    problems: Sequence[str]


def sign_lines(ring: KeyRing, lines: Iterable[Line], about: Line) -> bytes:
    """Content of a signed file: the lines, and the signature of their digests and of `about`."""
    written = [chain.encode_json(line) for line in lines]
    labels = [_label(line) for line in written]
    digests = [
        {"type": kind, "number": number, "sha256": _digest(line)}
        for (kind, number), line in zip(labels, written, strict=True)
    ]
    signature = signatures.sign_json(ring, {**about, "lines": digests})
    last = chain.encode_json({"type": "signature", "signature": signature})
    return b"".join(line + b"\n" for line in (*written, last))


def check_file(keys: PublicKeys, content: bytes) -> FileReport:
    """Check a signed file against public keys. Raises NotSigned."""
    *lines, last = content.splitlines() or [b""]
    signature = _parse(last).get("signature")
    if not isinstance(signature, str):
        raise NotSigned
    turns = sum(_label(line)[0] == "turn" for line in lines)
    try:
        signed = signatures.read_signed_json(keys, signature)
        entries = [((e["type"], e["number"]), e["sha256"]) for e in signed["lines"]]
        about = str(signed["session_id"]), str(signed["signed_at"])
    except signatures.UnknownKey as fault:
        words = f"it is signed with the key {fault.key_id}, which is not among the given keys"
        return FileReport("", "", turns, fault.key_id, [words])
    except (signatures.BadSignature, KeyError, TypeError):
        words = "the signature does not fit: the file is not from this server, or was changed"
        return FileReport("", "", turns, "", [words])
    problems = [*_compare(lines, entries), *_check_words(lines)]
    return FileReport(*about, turns, _read_key_id(signature), list(dict.fromkeys(problems)))


def _compare(lines: Sequence[bytes], entries: Sequence[tuple[Label, str]]) -> Iterator[str]:
    """Differences between the lines and the signed digests."""
    places = {_digest(line): place for place, line in enumerate(lines)}
    labels = {_label(line) for line in lines}
    signed = {digest for _, digest in entries}
    reached = -1
    for number, (label, digest) in enumerate(entries):
        here = places.get(digest)
        if here is None:
            unreadable = number < len(lines) and _label(lines[number])[0] == ""
            changed = label in labels or unreadable
            what = "differs from what was signed" if changed else "is missing"
            yield f"{_name(label)} {what}"
        elif here < reached:
            yield f"{_name(label)} was moved"
        else:
            reached = here
    known = {label for label, _ in entries}
    for place, line in enumerate(lines, start=1):
        added = _digest(line) not in signed and _label(line) not in known
        if added and (_label(line)[0] or place > len(entries)):
            yield f"line {place} was added"


def _check_words(lines: Sequence[bytes]) -> Iterator[str]:
    """Turns whose words differ from the seals in the file: they were changed before it was signed."""
    try:
        interview = _read_interview(list(map(_parse, lines)))
    except (KeyError, TypeError, ValueError, AttributeError):
        return  # a changed line, which the signature names
    for number, problem in chain_check.check_words(interview):
        yield f"turn {number}: {chain_check.SENTENCES[problem]}"


def _read_interview(lines: Sequence[Line]) -> SealedInterview:
    events = [_read_event(line) for line in lines if line.get("type") == "event"]
    stored = {event.number: event for event in events if event.kind == "stored"}
    turns = [
        _read_turn(line, stored.get(line["number"]))
        for line in lines
        if line.get("type") == "turn"
    ]
    later = [event for event in events if event.kind != "stored"]
    return SealedInterview("", "", None, turns, later)


def _read_turn(line: Line, stored: SealedEvent | None) -> SealedTurn:
    return SealedTurn(
        interview_id="",
        number=line["number"],
        speaker=line["speaker"],
        at=clock.EARLIEST,
        question_id=line["question_id"],
        text=line["text"],
        original=line["original"],
        salt=stored.salt if stored else None,
        digest=stored.digest if stored else None,
        link=stored.link if stored else None,
    )


def _read_event(line: Line) -> SealedEvent:
    at = datetime.fromisoformat(line["at"])
    told = (line["event"], at, line["salt"], line["digest"], line["link"])
    return SealedEvent("", line["number"], line["turn"], *told)


def _read_key_id(signature: str) -> str:
    header = signature.partition(".")[0]
    return str(json.loads(signatures.decode_part(header))["kid"])


def _name(label: Label) -> str:
    kind, number = label
    if kind == "turn":
        return f"turn {number}"
    return "the first line" if kind == "transcript" else f"seal {number}"


def _label(line: bytes) -> Label:
    """Type and number of a line; empty if it isn't one of ours."""
    told = _parse(line)
    kind, number = told.get("type"), told.get("number")
    known = isinstance(kind, str) and isinstance(number, int | None)
    return (kind or "", number) if known else ("", None)


def _parse(line: bytes) -> dict[str, Any]:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _digest(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()
