"""Operations, declared once for both clients: a method that describes a request becomes one that
sends it. On `Client` it returns the result, on `AsyncClient` an awaitable of it.
"""

import functools
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from typing import Any, Concatenate, Generic, ParamSpec, Self, TypeVar, overload

from interviewrelay_client.request import Listing, Page, Request
from interviewrelay_client.transport import AsyncTransport, SyncTransport

P = ParamSpec("P")
T = TypeVar("T")
K = TypeVar("K", bound=SyncTransport | AsyncTransport)


class Resource(Generic[K]):
    """Group of operations on one transport."""

    def __init__(self, transport: K) -> None:
        self._transport = transport


class Pages(Generic[T]):
    """List of a `Client`. Iterating over it requests one page after the other.

    `.pages()` iterates over whole pages, and `.page()` requests only the first one, which also has
    the total.
    """

    def __init__(self, transport: SyncTransport, listing: Listing[T]) -> None:
        self._transport, self._listing = transport, listing

    def __iter__(self) -> Iterator[T]:
        for page in self.pages():
            yield from page.items

    def page(self) -> Page[T]:
        return self._transport.send(self._listing.first_request())

    def pages(self) -> Iterator[Page[T]]:
        request: Request[Page[T]] | None = self._listing.first_request()
        while request is not None:
            page = self._transport.send(request)
            yield page
            request = self._listing.next_request(page)


class AsyncPages(Generic[T]):
    """List of an `AsyncClient`. Iterating over it requests one page after the other.

    `.pages()` iterates over whole pages, and `await ….page()` requests only the first one, which
    also has the total.
    """

    def __init__(self, transport: AsyncTransport, listing: Listing[T]) -> None:
        self._transport, self._listing = transport, listing

    async def __aiter__(self) -> AsyncIterator[T]:
        async for page in self.pages():
            for item in page.items:
                yield item

    async def page(self) -> Page[T]:
        return await self._transport.send(self._listing.first_request())

    async def pages(self) -> AsyncIterator[Page[T]]:
        request: Request[Page[T]] | None = self._listing.first_request()
        while request is not None:
            page = await self._transport.send(request)
            yield page
            request = self._listing.next_request(page)


class _Described(Generic[P, T]):
    """Descriptor of a method that describes what is sent."""

    def __init__(self, describe: Callable[Concatenate[Any, P], T]) -> None:
        self._describe = describe
        self.__doc__ = describe.__doc__

    def _bind(self, resource: Any, send: Callable[[T], Any]) -> Any:
        describe = self._describe.__get__(resource)

        @functools.wraps(describe)
        def call(*arguments: P.args, **named: P.kwargs) -> Any:
            return send(describe(*arguments, **named))

        return call


class operation(_Described[P, Request[T]]):  # noqa: N801 - a decorator
    """Decorator of a method that returns the `Request` of an operation."""

    @overload
    def __get__(self, resource: None, owner: type) -> Self: ...
    @overload
    def __get__(self, resource: Resource[SyncTransport], owner: type) -> Callable[P, T]: ...
    @overload
    def __get__(
        self, resource: Resource[AsyncTransport], owner: type
    ) -> Callable[P, Coroutine[Any, Any, T]]: ...
    def __get__(self, resource: Resource[Any] | None, owner: type) -> Any:
        if resource is None:
            return self
        return self._bind(resource, resource._transport.send)


class listing(_Described[P, Listing[T]]):  # noqa: N801 - a decorator
    """Decorator of a method that returns the `Listing` of an operation."""

    @overload
    def __get__(self, resource: None, owner: type) -> Self: ...
    @overload
    def __get__(
        self, resource: Resource[SyncTransport], owner: type
    ) -> Callable[P, Pages[T]]: ...
    @overload
    def __get__(
        self, resource: Resource[AsyncTransport], owner: type
    ) -> Callable[P, AsyncPages[T]]: ...
    def __get__(self, resource: Resource[Any] | None, owner: type) -> Any:
        if resource is None:
            return self
        transport = resource._transport
        pages = AsyncPages if isinstance(transport, AsyncTransport) else Pages
        return self._bind(resource, functools.partial(pages, transport))
