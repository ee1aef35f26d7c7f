"""Operations of the API, declared on their views: route, permission, bodies, refusals, example."""

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from flask import Blueprint
from pydantic import BaseModel

from interviewrelay.core.actor import ANY, PERMISSIONS, ROLES
from interviewrelay.core.errors import (
    Conflict,
    Forbidden,
    HeadersTooLarge,
    IdempotencyKeyReused,
    InternalError,
    InvalidJson,
    InvalidParameter,
    InviteCancelled,
    NotFound,
    PayloadTooLarge,
    RateLimited,
    Refusal,
    RequestInProgress,
    RequestTimeout,
    ServerBusy,
    SessionAlreadyCompleted,
    StorageUnavailable,
    Unauthenticated,
    UnknownHost,
    UnsupportedMediaType,
    UriTooLong,
)
from interviewrelay.core.lazy_attribute import lazy_attribute
from interviewrelay.core.representation import example_of
from interviewrelay.organizations.access import TEST_KEY_OPERATIONS
from interviewrelay.web.openapi.parameters import Parameter

Refusals = tuple[type[Refusal], ...]
View = TypeVar("View", bound=Callable[..., Any])

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

UNDER_WAY: Final[Refusals] = (Conflict, SessionAlreadyCompleted, Forbidden, InviteCancelled)
"""Refusals that participants may meet once an interview has started."""

DECLARED: Final[list["Operation"]] = []
"""Operations in the order of declaration; `registry.OPERATIONS` has them in the document's order.
"""


@dataclass(frozen=True, kw_only=True)
class Operation:
    """API operation: everything except the view that performs it.

    `permission` is required of the caller (`ANY`: any API key; None: no authentication). `answers`
    maps each status to the class of its response; `uploads` are the media types of a request body
    other than JSON, each with its schema; `files` are the media types of a non-JSON response (or of
    an alternative to JSON if both are given). `refusals` are its own errors; `errors` adds those
    that all operations of its kind have. `gives` says where in the response to find ids for the
    paths of other operations. `also` is a second path with the same response. A `partial` body
    changes only the fields that it contains. A response that is not `whole` is streamed. `changes`
    replaces values in the example of the response class.
    """

    view: str
    method: str
    path: str
    tag: str
    summary: str
    words: str
    zone: str
    permission: str | None = None
    body: type[BaseModel] | None = None
    body_required: bool = True
    uploads: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    partial: bool = False
    query: tuple[Parameter, ...] = ()
    answers: Mapping[int, type[BaseModel] | None] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    refusals: Refusals = ()
    gives: Mapping[str, str] = field(default_factory=dict)
    also: str = ""
    sent: object = None
    changes: Mapping[str, Any] = field(default_factory=dict)
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
        """True if it takes an Idempotency-Key."""
        return self.zone == "api" and not self.reads

    @property
    def tagged(self) -> bool:
        """True if its response has an ETag."""
        return self.zone == "api" and self.reads and self.whole

    @property
    def status(self) -> int:
        """Status of a successful response."""
        return min(self.answers, default=200)

    @lazy_attribute
    def example(self) -> Any:
        """Example response; None if it is not JSON, or is the document itself."""
        shape = self.answers.get(self.status)
        if shape is None or self.view == "read_document":
            return None
        return {**example_of(shape), **self.changes}

    @property
    def takes_test_keys(self) -> bool:
        """True if a test key may call it; operations without a key accept any."""
        return self.permission is None or self.reads or self.view in TEST_KEY_OPERATIONS

    @property
    def roles(self) -> tuple[str, ...]:
        """Roles whose keys may call it, unless a key is more restricted."""
        if self.permission is None:
            return ()
        return tuple(role for role, may in ROLES.items() if self.permission in (ANY, *may))

    @property
    def errors(self) -> Refusals:
        """All errors that it may return, its own first."""
        found = [*self.refusals, *_ALWAYS]
        if self.permission is not None:
            found += _OF_CALLERS
        if self.names:
            found.append(NotFound)
        if self.body is not None or self.uploads:
            found += _WITH_BODY
        if self.repeatable:
            found += _ONCE
        return tuple(dict.fromkeys(found))

    @property
    def names(self) -> list[str]:
        """Names of the path parameters."""
        return re.findall(r"{(\w+)}", self.path)


def operation(
    zone: Blueprint,
    route: str,
    permission: str | None = None,
    *,
    also: str = "",
    tag: str = "",
    **told: Any,
) -> Callable[[View], View]:
    """Decorator that declares a view as an API operation. It must be the outermost decorator.

    `route` is method and path, such as `GET /campaigns/<campaign_id>`.

    The view's docstring is the operation's description in the document, and its first line the
    summary. `told` are fields of `Operation`.
    """
    method, _, rule = route.partition(" ")
    if permission not in (None, ANY, *PERMISSIONS):
        raise ValueError(f"there is no permission {permission}")

    def declare(view: View) -> View:
        for place in (rule, also) if also else (rule,):
            zone.add_url_rule(place, view_func=view, methods=[method])
        view.permission = permission  # type: ignore[attr-defined]
        summary, _, words = inspect.cleandoc(view.__doc__ or "").partition("\n\n")
        DECLARED.append(
            Operation(
                view=view.__name__,
                method=method,
                path=_shown(zone, rule),
                also=_shown(zone, also) if also else "",
                zone=zone.name,
                permission=permission,
                tag=tag or _tag(zone, permission),
                summary=summary,
                words=" ".join(words.split()),
                **told,
            )
        )
        return view

    return declare


def _shown(zone: Blueprint, rule: str) -> str:
    return f"{zone.url_prefix}{rule}".replace("<", "{").replace(">", "}")


def _tag(zone: Blueprint, permission: str | None) -> str:
    if zone.name == "participant":
        return "Participant"
    return permission.partition(":")[0].capitalize() if permission else "Reference"
