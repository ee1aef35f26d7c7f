"""File storage in an S3 bucket: Amazon's, or a server of your own. Needs the extra `s3`."""

import logging
import os
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import cache, lru_cache
from importlib.util import find_spec
from typing import Any, Final, TypeVar

from interviewrelay.adapters.http.circuit_breaker import CircuitBreaker
from interviewrelay.adapters.storage.file_names import validate_name, validate_range
from interviewrelay.core.config.settings import Settings, SettingsError
from interviewrelay.core.db.session import refuse_transaction
from interviewrelay.core.errors import StorageUnreachable
from interviewrelay.core.ports.storage import CHUNK

log = logging.getLogger("interviewrelay.files")

Made = TypeVar("Made")

CONNECT_SECONDS: Final = 3
SILENCE_SECONDS: Final = 10
"""Maximum pause in seconds within a response."""
REQUEST_SECONDS: Final = 30
"""Timeout in seconds of a request with its body: a chunk at 2.2 Mbit/s."""
RETRIES: Final = 2
RETRY_SECONDS: Final = 8
"""Seconds after which no retry starts."""
INSTALL: Final = "scripts/setup requirements-s3.lock, or pip install 'interviewrelay[s3]'"


def open_s3_storage(settings: Settings, place: str) -> "S3Storage":
    """Storage for `s3://bucket/prefix`. Raises SettingsError."""
    if not (settings.s3_access_key_id and settings.s3_secret_access_key):
        raise SettingsError(
            f"{place} requires S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY. Set both."
        )
    if find_spec("obstore") is None:
        raise SettingsError(
            f"{place} requires the 's3' extra, which is not installed. Run {INSTALL}."
        )
    return S3Storage(settings, place)


class S3Storage:
    """S3 storage. Callers wait for it, so a request takes at most half a minute; after repeated
    failures a circuit breaker stops all requests for a minute.
    """

    def __init__(
        self,
        settings: Settings,
        place: str,
        *,
        breaker: CircuitBreaker | None = None,
        seconds: float = REQUEST_SECONDS,
    ) -> None:
        self._bucket, _, self._prefix = place.removeprefix("s3://").partition("/")
        self._settings, self._seconds = settings, seconds
        self._breaker = breaker or CircuitBreaker()
        self._last = ""
        self._client = lru_cache(maxsize=1)(self._connect)

    def put(self, name: str, content: bytes | Iterable[bytes]) -> None:
        """Store a file; a larger one is uploaded in parts, and visible once complete."""
        path = validate_name(name)
        given = content if isinstance(content, bytes) else iter(content)

        def sent(store: Any) -> Any:
            return store.put(path, given, chunk_size=CHUNK, max_concurrency=1)

        if self._ask(sent) is None:
            raise StorageUnreachable(
                "the bucket does not exist. Check its name in the settings"
            )

    def get(self, name: str) -> bytes | None:
        path = validate_name(name)
        return self._ask(lambda store: bytes(store.get(path).bytes()))

    def size(self, name: str) -> int | None:
        path = validate_name(name)
        found = self._ask(lambda store: store.head(path)["size"], body=False)
        if found is None:
            self._ask(lambda store: store.get(path))  # raises if the bucket is the problem
        return found

    def read(self, name: str, start: int, end: int) -> bytes | None:
        path, (start, end) = validate_name(name), validate_range(start, end)
        return self._ask(lambda store: _range(store, path, start, end))

    def delete(self, name: str) -> None:
        path = validate_name(name)
        self._ask(lambda store: store.delete(path), body=False)

    def list_names(self, prefix: str = "") -> Iterator[str]:
        folder = prefix.rpartition("/")[0]
        found = self._ask(
            lambda store: [row["path"] for rows in store.list(folder or None) for row in rows]
        )
        yield from sorted(name for name in found or () if name.startswith(prefix))

    def remove_partial_files(self, before: datetime) -> int:
        """Nothing to do: a lifecycle rule of the bucket removes incomplete uploads (docs/files.md)."""
        del before
        return 0

    def _ask(self, act: Callable[[Any], Made], *, body: bool = True) -> Made | None:
        """Result of a call; None when the file does not exist.

        A response with a `body` must say that the file is missing, because a wrong URL may return
        404 as well. Raises StorageUnreachable.
        """
        refuse_transaction()
        _stay_in_this_process()
        if self._breaker.check_open():
            raise StorageUnreachable(f"{self._last} (next attempt in one minute)")
        from obstore.exceptions import BaseError

        store = self._client()
        try:
            done = act(store)
        except FileNotFoundError as fault:
            if "NoSuchBucket" in str(fault) or (body and "NoSuchKey" not in str(fault)):
                raise self._away(fault) from None
            done = None
        except (BaseError, OSError) as fault:
            raise self._away(fault) from None
        except BaseException:  # an exception of the chunks says nothing about the storage
            self._breaker.record_result(well=True)
            raise
        self._breaker.record_result(well=True)
        return done

    def _away(self, fault: Exception) -> StorageUnreachable:
        """The library's own message contains URLs, so it is not passed on."""
        self._breaker.record_result(well=False)
        why = self._last = _why(str(fault))
        log.warning(
            "file_storage_unavailable", extra={"kind": type(fault).__name__, "reason": why}
        )
        return StorageUnreachable(why)

    def _connect(self) -> Any:
        """Client with every option set, since the library would take missing ones from the
        environment of other programs.
        """
        from obstore.store import S3Store

        wanted = self._settings
        where = wanted.s3_endpoint_url or f"https://s3.{wanted.s3_region}.amazonaws.com"
        return S3Store(
            self._bucket,
            prefix=self._prefix or None,
            aws_endpoint_url_s3=where,
            region=wanted.s3_region,
            credential_provider=lambda: {
                "access_key_id": wanted.s3_access_key_id,
                "secret_access_key": wanted.s3_secret_access_key,
                "expires_at": None,
            },
            virtual_hosted_style_request=False,
            skip_signature=False,
            s3_express=False,
            client_options={
                "allow_http": where.startswith("http://"),
                "connect_timeout": timedelta(seconds=CONNECT_SECONDS),
                "read_timeout": timedelta(seconds=min(SILENCE_SECONDS, self._seconds)),
                "timeout": timedelta(seconds=self._seconds),
            },
            retry_config={
                "max_retries": RETRIES,
                "retry_timeout": timedelta(seconds=min(RETRY_SECONDS, self._seconds)),
            },
        )


@cache
def _process_of_first_use() -> int:
    return os.getpid()


def _stay_in_this_process() -> None:
    """The library starts threads on first use, which do not survive a fork: a child would wait for
    them for ever.
    """
    if _process_of_first_use() != os.getpid():
        raise RuntimeError("S3 storage was used before the process was forked")


def _range(store: Any, path: str, start: int, end: int) -> bytes:
    from obstore.exceptions import BaseError

    try:
        return bytes(store.get_range(path, start=start, end=end))
    except BaseError as fault:
        if "416 Range Not Satisfiable" in str(fault):
            return b""
        raise


_REASONS: Final = (
    ("NoSuchBucket", "the bucket does not exist. Create it, or change its name in the settings"),
    ("InvalidAccessKeyId|SignatureDoesNotMatch|401 Unauthorized|InvalidToken",
     "the key was rejected. Check S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY"),
    ("403 Forbidden", "the key lacks permissions. Allow it to read, write, delete and list"),
    ("RequestTimeTooSkewed", "this machine's clock is wrong. Set it"),
    ("30[1278] |AuthorizationHeaderMalformed|bare redirect",
     "the bucket is in another place. Check S3_REGION and S3_ENDPOINT_URL"),
    ("error sending request|timed? ?out|connect|dns", "the storage server does not respond"),
    ("5[0-9][0-9] ", "the storage server reported an internal error"),
)  # fmt: skip


def _why(told: str) -> str:
    for pattern, why in _REASONS:
        if re.search(pattern, told):
            return why
    return "the storage server sent an unexpected response. Check S3_ENDPOINT_URL"
