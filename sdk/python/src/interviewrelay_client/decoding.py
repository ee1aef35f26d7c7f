"""JSON of responses as frozen dataclasses, and Python values as JSON of requests."""

import re
import typing
from collections.abc import Callable, Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, TypeVar

Decoder = Callable[[Any], Any]
M = TypeVar("M", bound="Model")


class Omitted:
    """Type of `OMITTED`, for fields in which None is a value of its own."""

    def __repr__(self) -> str:
        return "OMITTED"


OMITTED: Final = Omitted()
"""Leaves a field as it is, where None would clear it."""


@dataclass(frozen=True, kw_only=True)
class Model:
    """Object in a response.

    `raw` is the JSON as it was received, with fields that this version of the library doesn't
    know. A field that the server didn't send is None.
    """

    raw: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)


def decode_model(kind: type[M], data: Mapping[str, Any]) -> M:
    """Build a model from its JSON. Raises TypeError if it isn't a JSON object."""
    if not isinstance(data, Mapping):
        raise TypeError(f"{kind.__name__} must be a JSON object")
    found = {name: decode(data.get(key)) for name, key, decode in _plan(kind)}  # type: ignore[arg-type]  # classes are hashable
    return kind(raw=data, **found)


def model(kind: type[M]) -> Callable[[Any], M]:
    """Decoder of a class of models."""
    return lambda data: decode_model(kind, data)


@cache
def _plan(kind: type[Model]) -> list[tuple[str, str, Decoder]]:
    """Name, JSON name and decoder of each field."""
    hints = typing.get_type_hints(kind)
    return [
        (one.name, one.metadata.get("json", one.name), _decoder(hints[one.name]))
        for one in fields(kind)
        if one.name != "raw"
    ]


def _decoder(hint: Any) -> Decoder:
    """Decoder of a type. Values of unexpected types are returned unchanged."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (UnionType, typing.Union):
        return _decoder(next(one for one in arguments if one is not NoneType))
    if origin is list:
        each = _decoder(arguments[0])
        return lambda data: [each(one) for one in data] if isinstance(data, list) else data
    if isinstance(hint, type) and issubclass(hint, Model):
        return lambda data: decode_model(hint, data) if isinstance(data, Mapping) else data
    if hint is datetime:
        return lambda data: datetime.fromisoformat(data) if isinstance(data, str) else data
    if hint is date:
        return lambda data: date.fromisoformat(data) if isinstance(data, str) else data
    return lambda data: data


def encode(value: Any) -> Any:
    """Value as JSON: times as ISO 8601 in UTC, models as they were received.

    Raises ValueError for a time without a time zone, and TypeError for what JSON doesn't have.
    """
    if isinstance(value, Model):
        return dict(value.raw)
    if isinstance(value, datetime):
        return _format_time(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): encode(one) for key, one in value.items() if one is not OMITTED}
    if isinstance(value, Sequence | AbstractSet) and not isinstance(value, str | bytes):
        return [encode(one) for one in value]
    return value


def encode_query(query: Mapping[str, Any]) -> dict[str, str]:
    """Query parameters as text; those that are None are left out."""
    found = {name: encode(value) for name, value in query.items() if value is not None}
    return {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in found.items()
    }


def snake_case(name: str) -> str:
    """Name of a field in Python: `shouldWarn` as `should_warn`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _format_time(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError(f"{value!r} needs a time zone, such as datetime.UTC")
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def given(body: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of a request body that are given: neither None nor omitted."""
    return {name: value for name, value in body.items() if value is not None}
