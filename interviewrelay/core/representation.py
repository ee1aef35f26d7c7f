"""Representations: API resources as classes, each field with its type, source and example.

A class declares its shape once. `read` builds the JSON of a row, and `example` the example in the
docs. The OpenAPI schema and the columns of fast lists (`core.db.json_listing`) and detail queries
are derived from the same fields. Responses are not validated at run time; tests check each one
against its class.
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
KEY_ID: Final = "ee0e8400-e29b-41d4-a716-446655440009"
MEMBER_ID: Final = "ff0e8400-e29b-41d4-a716-446655440010"
INVITATION_ID: Final = "110e8400-e29b-41d4-a716-446655440011"
NOTE_ID: Final = "120e8400-e29b-41d4-a716-446655440012"
FILTER_ID: Final = "130e8400-e29b-41d4-a716-446655440013"
FINDING_ID: Final = "150e8400-e29b-41d4-a716-446655440015"
EMAIL_ID: Final = "140e8400-e29b-41d4-a716-446655440014"
EXAMPLE_HOST: Final = "https://api.interviewrelay.com"
EXAMPLE_IDS: Final = {
    "project_id": PROJECT_ID,
    "script_id": SCRIPT_ID,
    "campaign_id": CAMPAIGN_ID,
    "session_id": SESSION_ID,
    "webhook_id": WEBHOOK_ID,
    "delivery_id": DELIVERY_ID,
    "key_id": KEY_ID,
    "member_id": MEMBER_ID,
    "invitation_id": INVITATION_ID,
    "note_id": NOTE_ID,
    "filter_id": FILTER_ID,
    "finding_id": FINDING_ID,
    "email_id": EMAIL_ID,
    "organizationId": ORGANIZATION_ID,
    "token": "inv_abc123",
    "mail_token": "uns_abc123",
}
"""Ids for examples, by field name or path parameter."""
EXAMPLE_TIME: Final = "2024-10-20T10:00:00Z"


@dataclass(frozen=True, slots=True)
class Converter:
    """Type metadata: converts values other than null to JSON."""

    write: Getter


@dataclass(frozen=True, slots=True)
class Example:
    """Field metadata: the value in examples."""

    value: Any


@dataclass(frozen=True, slots=True)
class Source:
    """Field metadata: the attribute to read the value from, or a function of the row."""

    place: str | Getter


Id = Annotated[str, Field(json_schema_extra={"format": "uuid"})]
Time = Annotated[
    str, Field(json_schema_extra={"format": "date-time"}), Converter(clock.format_iso)
]
Millis = Annotated[
    str, Field(json_schema_extra={"format": "date-time"}), Converter(clock.format_iso_millis)
]
"""Time with milliseconds, as in billing responses."""
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
    """Declare a field with its own source, description or example.

    By default, a field is read from the attribute of the same name.
    """
    made: Any = Field(description=description, **more)
    if source is not None:
        made.metadata.append(Source(source))
    if example is not _UNSET:
        made.metadata.append(Example(example))
    return made


class Representation(BaseModel):
    """Base class of API resources. Fields are read from attributes of the same name, unless `field`
    sets another source.
    """

    model_config = ConfigDict(
        json_schema_serialization_defaults_required=False, defer_build=True
    )

    @classmethod
    def read(cls, row: Any) -> Shape:
        """Build the JSON of a row, or of any object with these attributes; a dict is returned
        unchanged.
        """
        if isinstance(row, dict):
            return row
        return {name: get(row) for name, get in _getters(cls)}

    @classmethod
    def example(cls, **changed: Any) -> Shape:
        """Build an example of the required fields; `changed` replaces some values."""
        fields = cls.model_fields.items()
        made = {name: _example(name, info) for name, info in fields if info.is_required()}
        return {**made, **changed}

    @classmethod
    def attributes(cls) -> dict[str, str]:
        """Map each field that is read from an attribute to that attribute's name."""
        places = {name: _place(name, info) for name, info in cls.model_fields.items()}
        return {name: place for name, place in places.items() if isinstance(place, str)}


class Pagination(Representation):
    total: Count = field(example=1)
    limit: Count = field(example=10)
    offset: Count
    has_more: bool
    next_cursor: str | None = field(None, "Send it as `cursor` to get the next page.")
    total_is_capped: bool = field(
        None,
        "`true` if there are more than `total` results, because counting stopped there. "
        "Otherwise omitted.",
        default=False,
    )


@cache
def list_of(name: str, item: type[BaseModel], title: str = "") -> type[Representation]:
    """Build the response class of a list, with its items in both documented forms. `title` is the
    name of the class, by default that of the array.
    """
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
    return create_model(title or f"{name.capitalize()}List", __base__=Representation, **fields)


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
    """Reader for a nested representation or a list of them; None for other types."""
    shape, several = _shape(kind)
    if shape is None or not issubclass(shape, Representation):
        return None
    read = shape.read
    return (lambda rows: [read(row) for row in rows]) if several else read


def _shape(kind: Any) -> tuple[type[BaseModel] | None, bool]:
    """Model class in an annotation, and whether the annotation is a list."""
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
    """Default example of a type: null if allowed, otherwise the first or smallest value."""
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
    """Example of a class: its own `EXAMPLE`, or one built from its fields."""
    own = getattr(shape, "EXAMPLE", None)
    return own if own is not None else _example_of(shape)
