"""Error reports to Sentry, without anything that anyone said. Needs the extra `sentry`.

An event is built from scratch: types and places of exceptions, and a few tags. Messages of
exceptions, variables, requests and people's ids are never put in, so there is nothing to remove.
"""

import logging
import traceback
from functools import cache
from importlib.util import find_spec
from typing import Any, Final

from flask import has_request_context, request

from interviewrelay import __version__
from interviewrelay.core.config.settings import Settings, SettingsError
from interviewrelay.core.observability import correlation

log = logging.getLogger("interviewrelay.telemetry")

LOGGER: Final = "interviewrelay"
INSTALL: Final = (
    "scripts/setup requirements-sentry.lock, or pip install 'interviewrelay[sentry]'"
)
TAGS: Final = ("kind", "job", "code", "status", "tries", "counter")
"""Attributes of a line of the log that become tags."""
SENT: Final = frozenset(
    ("event_id", "timestamp", "platform", "level", "logger", "release", "environment", "message",
     "exception", "tags", "sdk", "type")
)  # fmt: skip
"""Parts of an event that are sent; the library adds others."""
LONGEST_CHAIN: Final = 5


def start_error_reports(settings: Settings) -> None:
    """Send errors in the log of this process and its children to `SENTRY_DSN`, if it is set.
    Raises SettingsError.
    """
    ours = logging.getLogger(LOGGER)
    for handler in [one for one in ours.handlers if isinstance(one, ErrorReports)]:
        ours.removeHandler(handler)
    if not settings.sentry_dsn:
        return
    if find_spec("sentry_sdk") is None:
        raise SettingsError(
            f"SENTRY_DSN requires the 'sentry' extra, which is not installed. Run {INSTALL}."
        )
    from sentry_sdk.utils import BadDsn, Dsn

    try:
        Dsn(settings.sentry_dsn)
    except BadDsn as fault:
        raise SettingsError(f"SENTRY_DSN is not one of Sentry's: {fault}.") from None
    ours.addHandler(ErrorReports(settings.sentry_dsn))


class ErrorReports(logging.Handler):
    """Log handler that sends errors; a thread of the library does so, and nothing waits for it."""

    def __init__(self, dsn: str) -> None:
        super().__init__(logging.ERROR)
        self._dsn = dsn
        self._client = cache(self._connect)

    def emit(self, record: logging.LogRecord) -> None:
        try:
            self._client().capture_event(build_event(record))
        except Exception as fault:  # noqa: BLE001 - a report must not break what it is about
            # Not `handleError`, which prints the text of exceptions.
            log.warning("error_report_failed", extra={"kind": type(fault).__name__})

    def flush(self) -> None:
        if self._client.cache_info().currsize:
            self._client().flush(timeout=2.0)

    def _connect(self) -> Any:
        import sentry_sdk

        return sentry_sdk.Client(
            dsn=self._dsn,
            release=f"interviewrelay@{__version__}",
            environment="production",
            default_integrations=False,
            auto_enabling_integrations=False,
            auto_session_tracking=False,
            send_client_reports=False,
            include_local_variables=False,
            include_source_context=False,
            max_breadcrumbs=0,
            shutdown_timeout=2,
            before_send=lambda event, _hint: {
                name: value for name, value in event.items() if name in SENT
            },
        )


def build_event(record: logging.LogRecord) -> dict[str, Any]:
    """Sentry event of a line of the log: its name, tags, and where exceptions were raised."""
    event: dict[str, Any] = {
        "level": record.levelname.lower(),
        "logger": record.name,
        "message": str(record.msg)[:100],
        "tags": {name: str(vars(record)[name]) for name in TAGS if name in vars(record)},
    }
    if request_id := correlation.get_request_id():
        event["tags"]["request_id"] = request_id
    if has_request_context():
        event["tags"]["method"] = request.method
        # The pattern and not the path, because paths hold tokens.
        event["tags"]["route"] = request.url_rule.rule if request.url_rule else ""
    if record.exc_info and record.exc_info[1]:
        event["exception"] = {"values": _describe_chain(record.exc_info[1])}
    return event


def _describe_chain(fault: BaseException | None) -> list[dict[str, Any]]:
    """Exceptions, the first cause first; types and places alone."""
    values: list[dict[str, Any]] = []
    while fault is not None and len(values) < LONGEST_CHAIN:
        kind = type(fault)
        frames = [_describe_frame(frame) for frame in traceback.extract_tb(fault.__traceback__)]
        values.append(
            {"type": kind.__name__, "module": kind.__module__, "stacktrace": {"frames": frames}}
        )
        fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    return values[::-1]


def _describe_frame(frame: traceback.FrameSummary) -> dict[str, Any]:
    name = frame.filename.rpartition("site-packages/")[2]
    before, ours, inside = name.rpartition("interviewrelay/")
    if ours and (not before or before.endswith("/")):
        name = f"{ours}{inside}"
    return {
        "filename": name,
        "function": frame.name,
        "lineno": frame.lineno,
        "in_app": name.startswith("interviewrelay/"),
    }
