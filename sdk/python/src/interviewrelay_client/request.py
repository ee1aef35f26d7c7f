"""Requests as data: what an operation sends, and what its response becomes."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Generic, TypeVar
from urllib.parse import quote

import httpx

from interviewrelay_client.decoding import encode, encode_query
from interviewrelay_client.errors import InvalidResponseError

T = TypeVar("T")
_UNUSABLE: Final = ("", ".", "..")


@dataclass(frozen=True, kw_only=True)
class Page(Generic[T]):
    """Page of a list.

    `total` counts the items of all pages; it is None if the list doesn't count them.
    """

    items: list[T]
    total: int | None
    has_more: bool
    next_cursor: str | None


@dataclass(frozen=True, kw_only=True)
class Request(Generic[T]):
    """Request of one operation.

    `reply` builds the result from the response. The body is JSON, a form with `files`, or plain
    `content`. A request is `repeatable` if sending it twice has the same effect as once. If it
    takes an idempotency key (`takes_key`), each call makes one up or uses `idempotency_key`, and
    is repeatable with it. `public` requests need no API key.
    """

    method: str
    path: str
    reply: Callable[[httpx.Response], T]
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Mapping[str, Any] | None = None
    files: Mapping[str, bytes] | None = None
    content: bytes | None = None
    headers: Mapping[str, str | None] = field(default_factory=dict)
    takes_key: bool = False
    idempotency_key: str | None = None
    repeatable: bool = True
    public: bool = False

    def arguments(self) -> dict[str, Any]:
        """Arguments for httpx, except the address and what all requests share.

        Raises ValueError for a time without a time zone.
        """
        made: dict[str, Any] = {"method": self.method, "params": encode_query(self.query)}
        body = None if self.body is None else encode(self.body)
        if self.files is not None:
            made["files"] = {name: (name, content) for name, content in self.files.items()}
            made["data"] = encode_query(body or {})
        elif body is not None:
            made["json"] = body
        elif self.content is not None:
            made["content"] = self.content
        return made


@dataclass(frozen=True, kw_only=True)
class Listing(Generic[T]):
    """Request of a list, page by page: `request` is that of the first page.

    Its items are in the field `items` of a response. The query parameter `cursor` asks for the next
    page.
    """

    request: Request[Any]
    item: Callable[[Any], T]
    items: str = "data"
    cursor: str = "cursor"

    def read_page(self, body: Any) -> Page[T]:
        """Page in a response."""
        told = body["pagination"]
        return Page(
            items=[self.item(one) for one in body[self.items]],
            total=told.get("total"),
            has_more=bool(told["has_more"]),
            next_cursor=told["next_cursor"],
        )

    def first_request(self) -> Request[Page[T]]:
        """Request of the first page."""
        return replace(self.request, reply=json_reply(self.read_page))

    def next_request(self, page: Page[T]) -> Request[Page[T]] | None:
        """Request of the page after this one; None if it was the last."""
        if not page.has_more or page.next_cursor is None:
            return None
        query = {name: value for name, value in self.request.query.items() if name != "offset"}
        query[self.cursor] = page.next_cursor
        return replace(self.first_request(), query=query)


def json_reply(decode: Callable[[Any], T]) -> Callable[[httpx.Response], T]:
    """Reply that is JSON. Raises InvalidResponseError if the response isn't."""

    def read(response: httpx.Response) -> T:
        try:
            return decode(response.json())
        except (KeyError, TypeError, ValueError) as error:
            kind = response.headers.get("Content-Type", "no content type")
            raise InvalidResponseError(
                f"The response ({response.status_code}, {kind}) isn't as expected: {error}"
            ) from error

    return read


def reply_by_status(
    decoders: Mapping[int, Callable[[Any], T]],
) -> Callable[[httpx.Response], T]:
    """Reply that is JSON of another type for each status."""
    default = next(iter(decoders.values()))
    return lambda response: json_reply(decoders.get(response.status_code, default))(response)


def text_reply(response: httpx.Response) -> str:
    return response.content.decode("utf-8")


def bytes_reply(response: httpx.Response) -> bytes:
    return response.content


def no_reply(_response: httpx.Response) -> None:
    return None


def fill_path(template: str, *values: str | int) -> str:
    """Path with its parameters filled in.

    Raises ValueError for a value with which it would be another path.
    """
    remaining = [str(value) for value in values]
    if any(value in _UNUSABLE for value in remaining):
        raise ValueError(f"{values!r} has no usable ID for {template}")
    given = iter(remaining)
    return re.sub(r"{\w+}", lambda _: quote(next(given), safe=""), template)


def list_of(decode: Callable[[Any], T]) -> Callable[[Sequence[Any]], list[T]]:
    """Decoder of an array."""
    return lambda data: [decode(one) for one in data]
