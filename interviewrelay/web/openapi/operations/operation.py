"""What is known of an operation of the API, besides the view that does it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import BaseModel

from interviewrelay.core.actor import ROLES
from interviewrelay.core.errors import (
    Conflict,
    Forbidden,
    HeadersTooLarge,
    IdempotencyKeyReused,
    InternalError,
    InvalidJson,
    InvalidParameter,
    NotFound,
    PayloadTooLarge,
    RateLimited,
    Refusal,
    RequestInProgress,
    RequestTimeout,
    ServerBusy,
    StorageUnavailable,
    Unauthenticated,
    UnknownHost,
    UnsupportedMediaType,
    UriTooLong,
)
from interviewrelay.organizations.access import TEST_KEY_OPERATIONS

Refusals = tuple[type[Refusal], ...]
Schema = Mapping[str, Any]

JSON: Final = "application/json"
READING: Final = ("GET",)

_ALWAYS: Final[Refusals] = (
    InvalidParameter, UnknownHost, RequestTimeout, UriTooLong, RateLimited, HeadersTooLarge,
    InternalError, StorageUnavailable,
)  # fmt: skip
_WITH_BODY: Final[Refusals] = (
    InvalidJson, PayloadTooLarge, UnsupportedMediaType, ServerBusy,
)  # fmt: skip
_ONCE: Final[Refusals] = (RequestInProgress, IdempotencyKeyReused, Conflict)
_OF_CALLERS: Final[Refusals] = (Unauthenticated, Forbidden)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of the query."""

    name: str
    schema: Schema
    words: str
    example: object = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """A row of the table.

    `view` is the function's name, `permission` what its caller must be allowed (None: nobody is
    asked). `answers` are what it gives by status; `files` the media types of an answer that is no
    JSON (besides it where both are given). `refusals` are those of its own: what every operation
    of its kind may refuse is added by `errors`. `gives` says where in the answer stand the ids
    that other operations' paths take. `also` is a second path with the same answer. A `partial`
    body changes only what it names. An answer that is not `whole` comes as a stream.
    """

    view: str
    method: str
    path: str
    tag: str
    summary: str
    words: str = ""
    permission: str | None = None
    body: type[BaseModel] | None = None
    body_required: bool = True
    partial: bool = False
    query: tuple[Parameter, ...] = ()
    answers: Mapping[int, type[BaseModel] | None] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    refusals: Refusals = ()
    gives: Mapping[str, str] = field(default_factory=dict)
    also: str = ""
    sent: object = None
    example: object = None
    zone: str = "api"
    whole: bool = True

    @property
    def endpoint(self) -> str:
        return f"{self.zone}.{self.view}"

    @property
    def paths(self) -> tuple[str, ...]:
        return (self.path, self.also) if self.also else (self.path,)

    @property
    def reads(self) -> bool:
        return self.method in READING

    @property
    def repeatable(self) -> bool:
        """Whether it takes an Idempotency-Key."""
        return self.zone == "api" and not self.reads

    @property
    def tagged(self) -> bool:
        """Whether its answer carries an ETag."""
        return self.zone == "api" and self.reads and self.whole

    @property
    def status(self) -> int:
        """Of the answer when all is well."""
        return min(self.answers, default=200)

    @property
    def takes_test_keys(self) -> bool:
        """Whether a test key may call it at all; where no key is asked for, any key is as good."""
        return self.permission is None or self.reads or self.view in TEST_KEY_OPERATIONS

    @property
    def roles(self) -> tuple[str, ...]:
        """Whose keys may do it, unless the key itself is narrower."""
        if self.permission is None:
            return ()
        return tuple(role for role, may in ROLES.items() if self.permission in may)

    @property
    def errors(self) -> Refusals:
        """Every refusal that it may answer with, its own first."""
        found = [*self.refusals, *_ALWAYS]
        if self.permission is not None:
            found += _OF_CALLERS
        if self.names:
            found.append(NotFound)
        if self.body is not None:
            found += _WITH_BODY
        if self.repeatable:
            found += _ONCE
        return tuple(dict.fromkeys(found))

    @property
    def names(self) -> list[str]:
        """The ids and tokens in its path."""
        return re.findall(r"{(\w+)}", self.path)
