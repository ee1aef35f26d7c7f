"""Representations: the fields of a thing as the API gives it, each with type, source and example.

A class says a shape once. `read` makes the JSON of a row from it, `example` the example in the docs;
the OpenAPI schema, the columns of fast lists (`core.db.json_listing`) and of detail queries come from
the same fields. Nothing is validated when an answer is written: tests hold every answer to its class.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from types import NoneType
from typing import Annotated, Any, Final, Literal, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, create_model
from pydantic.fields import FieldInfo

from interviewrelay.core import clock

Shape = dict[str, Any]
Getter = Callable[[Any], Any]

PROJECT_ID: Final = "660e8400-e29b-41d4-a716-446655440001"
SCRIPT_ID: Final = "550e8400-e29b-41d4-a716-446655440000"
CAMPAIGN_ID: Final = "770e8400-e29b-41d4-a716-446655440002"
INVITE_ID: Final = "880e8400-e29b-41d4-a716-446655440003"
SESSION_ID: Final = "990e8400-e29b-41d4-a716-446655440004"
ORGANIZATION_ID: Final = "aa0e8400-e29b-41d4-a716-446655440005"
OTHER_ID: Final = "bb0e8400-e29b-41d4-a716-446655440006"
WEBHOOK_ID: Final = "cc0e8400-e29b-41d4-a716-446655440007"
DELIVERY_ID: Final = "dd0e8400-e29b-41d4-a716-446655440008"
EXAMPLE_HOST: Final = "https://api.interviewrelay.com"
EXAMPLE_IDS: Final = {
    "project_id": PROJECT_ID,
    "script_id": SCRIPT_ID,
    "campaign_id": CAMPAIGN_ID,
    "session_id": SESSION_ID,
    "webhook_id": WEBHOOK_ID,
    "delivery_id": DELIVERY_ID,
    "organizationId": ORGANIZATION_ID,
    "token": "inv_abc123",
    "mail_token": "uns_abc123",
}
"""Values for ids in examples, by the name of a field or of a part of a path."""
EXAMPLE_TIME: Final = "2024-10-20T10:00:00Z"


@dataclass(frozen=True, slots=True)
class Converter:
    """Metadata of a type: how its values are written as JSON, null aside."""

    write: Getter


@dataclass(frozen=True, slots=True)
class Example:
    """Metadata of a field: its value in examples."""

    value: Any


@dataclass(frozen=True, slots=True)
class Source:
    """Metadata of a field: the attribute that it is read from, or a function of the row."""

    place: str | Getter


Id = Annotated[str, Field(json_schema_extra={"format": "uuid"})]
Time = Annotated[
    str, Field(json_schema_extra={"format": "date-time"}), Converter(clock.format_iso)
]
Millis = Annotated[
    str, Field(json_schema_extra={"format": "date-time"}), Converter(clock.format_iso_millis)
]
"""A time with milliseconds, as billing writes it."""
Address = Annotated[str, Field(json_schema_extra={"format": "email"})]
Url = Annotated[str, Field(json_schema_extra={"format": "uri"})]
Count = Annotated[int, Field(ge=0)]

_UNSET: Final[Any] = object()


def field(
    source: str | Getter | None = None,
    description: str | None = None,
    *,
    example: Any = _UNSET,
    **more: Any,
) -> Any:
    """A field with a source that is not the attribute of its name, a description or an example."""
    made: Any = Field(description=description, **more)
    if source is not None:
        made.metadata.append(Source(source))
    if example is not _UNSET:
        made.metadata.append(Example(example))
    return made


class Representation(BaseModel):
    """A shape of the API. Its fields are read from attributes of the same name, unless `field` says
    otherwise.
    """

    model_config = ConfigDict(
        json_schema_serialization_defaults_required=False, defer_build=True
    )

    @classmethod
    def read(cls, row: Any) -> Shape:
        """The JSON of a row, or of anything with these attributes; JSON stays as it is."""
        if isinstance(row, dict):
            return row
        return {name: get(row) for name, get in _getters(cls)}

    @classmethod
    def example(cls, **changed: Any) -> Shape:
        """An example of each field, with some of them changed."""
        fields = cls.model_fields.items()
        made = {name: _example(name, info) for name, info in fields if info.is_required()}
        return {**made, **changed}

    @classmethod
    def attributes(cls) -> dict[str, str]:
        """The attributes that fields are read from as they are, by field."""
        places = {name: _place(name, info) for name, info in cls.model_fields.items()}
        return {name: place for name, place in places.items() if isinstance(place, str)}


class Pagination(Representation):
    total: Count = field(example=1)
    limit: Count = field(example=10)
    offset: Count
    has_more: bool
    next_cursor: str | None = field(None, "Send it as `cursor` for what follows.")
    total_is_capped: bool = field(
        None,
        "true where there are more than `total`, which was counted no further; "
        "otherwise left out.",
        default=False,
    )


@cache
def list_of(name: str, item: type[BaseModel]) -> type[Representation]:
    """A list in both documented forms at once, with one item as its example."""
    one: Any = [example_of(item)]
    fields: dict[str, Any] = {
        name: (list[item], field(example=one)),  # type: ignore[valid-type]
        "total": (Count, field(example=1)),
        "limit": (Count, field(example=10)),
        "offset": (Count, ...),
        "total_is_capped": (bool, False),
        "data": (list[item], field(None, f"The same array as `{name}`.", example=one)),  # type: ignore[valid-type]
        "pagination": (Pagination, ...),
    }
    return create_model(f"{name.capitalize()}List", __base__=Representation, **fields)


def is_time(shape: type[BaseModel], name: str) -> bool:
    """True if a field is a time."""
    return _converter(shape.model_fields[name]) is not None


@cache
def _getters(shape: type[Representation]) -> tuple[tuple[str, Getter], ...]:
    return tuple((name, _getter(name, info)) for name, info in shape.model_fields.items())


def _getter(name: str, info: FieldInfo) -> Getter:
    place = _place(name, info)
    get: Getter = attrgetter(place) if isinstance(place, str) else place
    convert = _converter(info) or _nested(info.annotation)
    if convert is None:
        return get

    def converted(row: Any) -> Any:
        value = get(row)
        return None if value is None else convert(value)

    return converted


def _place(name: str, info: FieldInfo) -> str | Getter:
    return next((m.place for m in info.metadata if isinstance(m, Source)), name)


def _converter(info: FieldInfo) -> Getter | None:
    found = [
        *info.metadata,
        *(m for part in get_args(info.annotation) for m in _metadata(part)),
    ]
    return next((m.write for m in found if isinstance(m, Converter)), None)


def _metadata(kind: Any) -> tuple[Any, ...]:
    return getattr(kind, "__metadata__", ())


def _nested(kind: Any) -> Getter | None:
    """Reader of a value that has a representation of its own, or of a list of them."""
    shape, several = _shape(kind)
    if shape is None or not issubclass(shape, Representation):
        return None
    read = shape.read
    return (lambda rows: [read(row) for row in rows]) if several else read


def _shape(kind: Any) -> tuple[type[BaseModel] | None, bool]:
    """The class in an annotation, and whether there is a list of it."""
    if get_origin(kind) is list:
        return _shape(get_args(kind)[0])[0], True
    choices = [part for part in get_args(kind) if part is not NoneType]
    if choices and get_origin(kind) not in (dict, Literal):
        return _shape(choices[0])
    fits = isinstance(kind, type) and issubclass(kind, BaseModel)
    return (kind if fits else None), False


def _example(name: str, info: FieldInfo) -> Any:
    for given in info.metadata:
        if isinstance(given, Example):
            return given.value
    if NoneType in get_args(info.annotation):
        return EXAMPLE_IDS.get(name)
    if _converter(info) is not None:
        return EXAMPLE_TIME
    if name in EXAMPLE_IDS:
        return EXAMPLE_IDS[name]
    return _example_of(info.annotation)


def _example_of(kind: Any) -> Any:
    """The example of a type: null where it may be, else the first or the smallest value."""
    if NoneType in get_args(kind) or kind is NoneType:
        return None
    shape, several = _shape(kind)
    if shape is not None and issubclass(shape, Representation):
        return [shape.example()] if several else shape.example()
    if get_origin(kind) is Literal:
        return get_args(kind)[0]
    if get_origin(kind) is Annotated:
        return _example_of(get_args(kind)[0])
    return (get_origin(kind) or kind)()


def example_of(shape: type[BaseModel]) -> Any:
    """The example of a class: its own `EXAMPLE`, or that of its fields."""
    own = getattr(shape, "EXAMPLE", None)
    return own if own is not None else _example_of(shape)
