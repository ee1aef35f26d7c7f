"""The two clients: `Client` blocks, `AsyncClient` awaits; their operations are the same."""

import os
import platform
from collections.abc import Mapping
from dataclasses import replace
from http.cookiejar import DefaultCookiePolicy
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final, Self

import httpx

from interviewrelay_client.errors import InterviewRelayError
from interviewrelay_client.operation import K
from interviewrelay_client.resources import Resources
from interviewrelay_client.retries import Options, RateLimit, State
from interviewrelay_client.transport import AsyncTransport, SyncTransport

KEY_VARIABLE: Final = "INTERVIEWRELAY_API_KEY"
URL_VARIABLE: Final = "INTERVIEWRELAY_BASE_URL"


class _Configured(Resources[K]):
    """What both clients share: their options, and the rate limit as of the last response."""

    _transport: K

    def __init__(self, transport: K) -> None:
        self._transport = transport
        super().__init__(transport)

    @property
    def rate_limit(self) -> RateLimit | None:
        """Rate limit as of the last response; None before the first one."""
        return self._transport.state.rate_limit

    def with_options(
        self,
        *,
        timeout: float | httpx.Timeout | None = None,
        max_retries: int | None = None,
        max_retry_wait: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Self:
        """Client with other options on the same connections. `headers` are added to those set."""
        options = self._transport.options
        changed = {
            "timeout": timeout,
            "max_retries": max_retries,
            "max_retry_wait": max_retry_wait,
            "headers": None if headers is None else {**options.headers, **headers},
        }
        given: dict[str, Any] = {name: one for name, one in changed.items() if one is not None}
        other = type(self).__new__(type(self))
        transport = type(self._transport)
        _Configured.__init__(
            other,
            transport(self._transport.http, replace(options, **given), self._transport.state),  # type: ignore[arg-type]
        )
        return other

    def __repr__(self) -> str:
        return f"{type(self).__name__}(base_url={self._transport.options.base_url!r})"


class Client(_Configured[SyncTransport]):
    """Client of an InterviewRelay server.

    `base_url` is the server's address, or the variable INTERVIEWRELAY_BASE_URL; `api_key` an API
    key, or the variable INTERVIEWRELAY_API_KEY. `timeout` applies to each attempt, in seconds. A
    request that fails for a moment is sent again up to `max_retries` times; `max_retry_wait` is the
    longest time, in seconds, to wait if the server names one. `http_client` replaces the connections
    (proxies, certificates), and is not closed with the client. Raises InterviewRelayError without
    a usable address.
    """

    def __init__(
        self,
        api_key: str | None = None,
        *,
        base_url: str | None = None,
        timeout: float | httpx.Timeout = 30.0,
        max_retries: int = 3,
        max_retry_wait: float = 60.0,
        headers: Mapping[str, str] | None = None,
        http_client: httpx.Client | None = None,
    ) -> None:
        self._owns_http = http_client is None
        http = http_client or httpx.Client(headers=_own_headers())
        if self._owns_http:
            _forget_cookies(http)
        options = Options(
            base_url=_read_address(base_url or str(http.base_url)),
            api_key=(api_key or os.environ.get(KEY_VARIABLE, "")).strip(),
            timeout=timeout,
            max_retries=max_retries,
            max_retry_wait=max_retry_wait,
            headers=headers or {},
        )
        super().__init__(SyncTransport(http, options, State()))

    def close(self) -> None:
        """Close the connections."""
        if self._owns_http:
            self._transport.http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AsyncClient(_Configured[AsyncTransport]):
    """Client of an InterviewRelay server for asyncio and trio. `Client` describes the options."""

    def __init__(
        self,
        api_key: str | None = None,
        *,
        base_url: str | None = None,
        timeout: float | httpx.Timeout = 30.0,
        max_retries: int = 3,
        max_retry_wait: float = 60.0,
        headers: Mapping[str, str] | None = None,
        http_client: httpx.AsyncClient | None = None,
    ) -> None:
        self._owns_http = http_client is None
        http = http_client or httpx.AsyncClient(headers=_own_headers())
        if self._owns_http:
            _forget_cookies(http)
        options = Options(
            base_url=_read_address(base_url or str(http.base_url)),
            api_key=(api_key or os.environ.get(KEY_VARIABLE, "")).strip(),
            timeout=timeout,
            max_retries=max_retries,
            max_retry_wait=max_retry_wait,
            headers=headers or {},
        )
        super().__init__(AsyncTransport(http, options, State()))

    async def aclose(self) -> None:
        """Close the connections."""
        if self._owns_http:
            await self._transport.http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


def _read_address(given: str) -> str:
    """Address of the server, without a slash at its end. Raises InterviewRelayError if it's none."""
    address = given or os.environ.get(URL_VARIABLE, "")
    try:
        usable = httpx.URL(address).scheme in ("http", "https") and httpx.URL(address).host
    except httpx.InvalidURL:
        usable = ""
    if not usable:
        raise InterviewRelayError(
            "Set base_url, or the variable INTERVIEWRELAY_BASE_URL, to the address of your "
            "server, such as https://interviews.example.com."
        )
    return address.rstrip("/")


def _forget_cookies(http: httpx.Client | httpx.AsyncClient) -> None:
    """Store no cookies: what one participant's pages set must not reach another's."""
    http.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))


def _own_headers() -> dict[str, str]:
    try:
        own = version("interviewrelay-client")
    except PackageNotFoundError:  # a checkout
        own = "0"
    return {"User-Agent": f"interviewrelay-client/{own} Python/{platform.python_version()}"}
