"""Script files in YAML and JSON, parsed strictly with line numbers, and written for people to read.

Only the part of YAML that a script needs is accepted: no tags, no aliases, no second document. A
plain `no`, a date or a time stays text, as people expect who do not know YAML.
"""

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import orjson
import yaml

from interviewrelay.core import strict_json
from interviewrelay.core.errors import InvalidJson, InvalidParameter, PayloadTooLarge
from interviewrelay.scripts.document import ScriptDocument

Format = Literal["yaml", "json"]

LARGEST: Final = 1024 * 1024
DEEPEST: Final = strict_json.DEEPEST
MOST_PARTS: Final = 50_000
"""Maximum values in one file."""

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DUMPER: Final = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_WHOLE: Final = re.compile(r"[-+]?(?:0|[1-9][0-9]*)", re.ASCII)
_BROKEN: Final = re.compile(r"[-+]?[0-9]+\.[0-9]*(?:[eE][-+][0-9]+)?", re.ASCII)
_WORDS: Final[Mapping[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NOTHING: Final = object()


@dataclass(frozen=True, slots=True)
class ScriptFile:
    """Parsed file, with the line of each part by path (`questions.0.text`)."""

    value: dict[str, Any]
    lines: Mapping[str, int]

    def add_lines(self, refusal: InvalidParameter) -> InvalidParameter:
        """The same error with the line of every field that it names."""
        details = refusal.details or {}
        problems = details.get("errors") or [{**details, "message": refusal.message}]
        return InvalidParameter.several([self._placed(p) for p in problems])

    def _placed(self, problem: Mapping[str, str]) -> dict[str, str]:
        path = problem.get("field", "")
        while path and path not in self.lines:
            path = path.rpartition(".")[0]
        line = self.lines.get(path)
        lead = f"Line {line}: " if line else ""
        return {**problem, "message": f"{lead}{problem['message']}"}


def parse_file(body: bytes) -> ScriptFile:
    """Parse a file: JSON if it starts with a brace, otherwise YAML.

    Raises InvalidJson and InvalidParameter that name the line, and PayloadTooLarge.
    """
    body = body.removeprefix(codecs.BOM_UTF8)
    if len(body) > LARGEST:
        raise PayloadTooLarge("The file is larger than 1 MiB. Shorten it.")
    if body.lstrip()[:1] == b"{":
        return _json(body)
    text = _text(body)
    return _yaml(text)


def format_file(document: Mapping[str, Any], form: Format) -> bytes:
    """Write a script as a file that `parse_file` turns into the same script; default values are left
    out.
    """
    shape = _short(document)
    if form == "json":
        return orjson.dumps(shape, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    text: str = yaml.dump(
        shape, Dumper=_Readable, sort_keys=False, allow_unicode=True, width=96
    )
    return text.encode()


def _short(document: Mapping[str, Any]) -> dict[str, Any]:
    made = ScriptDocument.model_validate(document)
    short = made.model_dump(mode="json", exclude_defaults=True)
    said = {"language": made.language, "target_minutes": made.target_minutes}
    return {"name": made.name, **said, **short}


def _json(body: bytes) -> ScriptFile:
    try:
        value = strict_json.parse_object(body)
    except InvalidJson as fault:
        words = fault.message.replace("The body", "The file").replace("Send", "Use")
        raise InvalidJson(words) from None
    # JSON is YAML except for its tabs, which only occur between its parts.
    lines: dict[str, int] = {}
    try:
        _build(body.decode().replace("\t", " "), lines)
    except (InvalidParameter, yaml.YAMLError):
        lines = {}  # the file is valid; only its line numbers are unknown
    return ScriptFile(value, lines)


def _text(body: bytes) -> str:
    try:
        text = body.decode("utf-8", "strict")
    except UnicodeDecodeError as fault:
        raise _wrong(body[: fault.start].count(b"\n") + 1, "The text isn’t UTF-8") from None
    if found := strict_json.CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise _wrong(line, "This line contains a control character other than a tab")
    if not text.strip():
        raise InvalidParameter.field("file", "script as YAML or JSON", "The file is empty.")
    return text


def _yaml(text: str) -> ScriptFile:
    lines: dict[str, int] = {}
    try:
        value = _build(text, lines)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        raise _wrong(
            mark.line + 1 if mark else 1, f"This isn’t valid YAML: {fault.problem}"
        ) from None
    except yaml.YAMLError:
        raise _wrong(1, "This isn’t valid YAML") from None
    if not isinstance(value, dict):
        raise _wrong(1, "A script must contain fields such as “name:” and “questions:”")
    return ScriptFile(value, lines)


@dataclass(slots=True)
class _Part:
    """List or mapping being read; `key` is the field of its next value."""

    made: Any
    path: str
    key: Any = field(default=_NOTHING)


def _build(text: str, lines: dict[str, int]) -> Any:
    """Value of a text, built without recursion; `lines` gets the line of each part."""
    root: Any = _NOTHING
    stack: list[_Part] = []
    for count, event in enumerate(_events(text)):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.CollectionEndEvent):
            stack.pop()
            continue
        _refuse(event, line, len(stack), count)
        above = stack[-1] if stack else None
        if above is not None and isinstance(above.made, dict) and above.key is _NOTHING:
            _name(above, event, line)
            lines[f"{above.path}{above.key}"] = line
            continue
        value = _value(event, line)
        if above is None:
            if root is not _NOTHING:
                raise _wrong(
                    line, "A file can contain only one script, but here a second one begins"
                )
            root = value
        path = _put(above, value, line, lines)
        if isinstance(event, yaml.CollectionStartEvent):
            stack.append(_Part(value, path))
    return None if root is _NOTHING else root


def _events(text: str) -> Iterator[Any]:
    passed = (
        yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent,
    )  # fmt: skip
    events = yaml.parse(text, Loader=_LOADER)
    return (event for event in events if not isinstance(event, passed))


def _refuse(event: Any, line: int, depth: int, count: int) -> None:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise _wrong(
            line, "Anchors and aliases (& and *) aren’t supported. Write the value in full"
        )
    if getattr(event, "tag", None):
        raise _wrong(line, "Tags (such as !!python) aren’t supported")
    if depth > DEEPEST:
        raise _wrong(line, f"This is nested deeper than {DEEPEST} levels")
    if count > MOST_PARTS:
        raise _wrong(line, f"The file has more than {MOST_PARTS:,} values")


def _name(above: _Part, event: Any, line: int) -> None:
    if not isinstance(event, yaml.ScalarEvent):
        raise _wrong(line, "A field name must be plain text")
    if event.value in above.made:
        raise _wrong(line, f"The field “{event.value[:100]}” appears twice")
    above.key = event.value


def _put(above: _Part | None, value: Any, line: int, lines: dict[str, int]) -> str:
    """Add a value to its container; returns the path of the value."""
    if above is None:
        return ""
    if isinstance(above.made, dict):
        path, above_key = f"{above.path}{above.key}", above.key
        above.key = _NOTHING
        # A field without a value counts as left out.
        above.made |= {} if value is None else {above_key: value}
    else:
        path = f"{above.path}{len(above.made)}"
        above.made.append(value)
        lines[path] = line
    return f"{path}."


def _value(event: Any, line: int) -> Any:
    if isinstance(event, yaml.MappingStartEvent):
        return {}
    if isinstance(event, yaml.SequenceStartEvent):
        return []
    # Quoted or block text is always a string.
    return event.value if event.style else _plain(event.value, line)


def _plain(text: str, line: int) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        if len(text) > strict_json.LONGEST_INTEGER:
            raise _wrong(line, f"A number has more than {strict_json.LONGEST_INTEGER} digits")
        return int(text)
    if _BROKEN.fullmatch(text) and abs(float(text)) < float("inf"):
        return float(text)
    return text


def _wrong(line: int, words: str) -> InvalidParameter:
    expected = "script as YAML or JSON"
    return InvalidParameter.field("file", expected, f"Line {line}: {words}.")


class _Readable(_DUMPER):  # type: ignore[misc,valid-type]
    """Dumper that writes multi-line texts as blocks and indents lists."""


def _text_as_it_stands(dumper: Any, text: str) -> Any:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Readable.add_representer(str, _text_as_it_stands)
