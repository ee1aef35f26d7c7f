"""Strict JSON parsing: rejects what a page, an API client or a database could not handle."""

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any, Final

from interviewrelay.core.errors import InvalidJson

DEEPEST: Final = 32
LONGEST_INTEGER: Final = 15
CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Control characters but tab and line breaks."""
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")


def parse_object(body: bytes) -> dict[str, Any]:
    """Parse a JSON object strictly. Raises InvalidJson with the broken rule."""
    text = _text(body)
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_constant,
            parse_int=_integer,
            parse_float=_float,
        )
    except json.JSONDecodeError as fault:
        raise InvalidJson(
            f"The body is not valid JSON: {fault.msg} (line {fault.lineno}, column {fault.colno})."
        ) from None
    except RecursionError:
        raise InvalidJson(f"The body is nested deeper than {DEEPEST} levels.") from None
    if not isinstance(value, dict):
        raise InvalidJson("The body must be a JSON object.")
    check_value(value)
    return value


def _text(body: bytes) -> str:
    if not body:
        raise InvalidJson("The body is empty. Send a JSON object.")
    if body.startswith(codecs.BOM_UTF8):
        raise InvalidJson("The body starts with a byte order mark. Send UTF-8 without one.")
    try:
        text = body.decode("utf-8", "strict")
    except UnicodeDecodeError:
        raise InvalidJson("The body is not UTF-8 text. Send it in UTF-8.") from None
    if "\0" in text:
        raise InvalidJson("The body contains NUL bytes. Send UTF-8 text.")
    return text


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, value in pairs:
        if name in made:
            raise InvalidJson(f"The field '{name[:100]}' appears twice. Send it once.")
        made[name] = value
    return made


def _constant(name: str) -> Any:
    raise InvalidJson(f"{name} is not a JSON number.")


def _integer(text: str) -> int:
    if len(text.lstrip("-")) > LONGEST_INTEGER:
        raise InvalidJson(f"An integer has more than {LONGEST_INTEGER} digits.")
    return int(text)


def _float(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise InvalidJson("A number is too large.")
    return value


def check_value(value: dict[str, Any]) -> None:
    """Check depth, and characters that neither database nor page can hold."""
    for text, depth in _walk(value):
        if depth > DEEPEST:
            raise InvalidJson(f"The body is nested deeper than {DEEPEST} levels.")
        if _SURROGATE.search(text):
            raise InvalidJson("A string contains an unpaired surrogate. Remove it.")
        if CONTROL.search(text):
            raise InvalidJson(
                "A string contains a control character other than a tab or line break. Remove it."
            )


def _walk(root: Any) -> Iterator[tuple[str, int]]:
    """Yield every text with the depth of its container; containers count as empty texts."""
    waiting = [(root, 1)]
    while waiting:
        value, depth = waiting.pop()
        if isinstance(value, str):
            yield value, depth
        elif isinstance(value, dict):
            yield "", depth
            for name, part in value.items():
                yield name, depth
                waiting.append((part, depth + (not isinstance(part, str))))
        elif isinstance(value, list):
            yield "", depth
            waiting += [(part, depth + (not isinstance(part, str))) for part in value]
