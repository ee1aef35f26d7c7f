"""Logging: one JSON object a line, without tokens, addresses or what people said."""

import json
import logging
import sys
import traceback
from typing import Any, Final, TextIO

from interviewrelay.core import clock
from interviewrelay.core.observability import correlation

# Extra fields that our own code may attach to a line; anything else is dropped.
KNOWN: Final = (
    "request_id",
    "org",
    "user",
    "session",
    "turn",
    "method",
    "route",
    "status",
    "ms",
    "kind",
    "job",
    "count",
    "tries",
    "payment",
    "cents",
    "currency",
    "code",
    "reason",
    "campaign",
    "counter",
    "found",
    "expected",
    "pid",
    "file",
    "bytes",
    "seconds",
)


class JsonFormatter(logging.Formatter):
    """Formatter: `{"at", "level", "event", …}`; exceptions with type and location but without text."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": clock.format_iso_millis(clock.now()),
            "level": record.levelname.lower(),
            "event": record.getMessage()
            if record.name.startswith("interviewrelay")
            else record.name,
        }
        cause = correlation.get_request_id()
        if cause is not None:
            line["request_id"] = cause
        line |= {name: vars(record)[name] for name in KNOWN if name in vars(record)}
        if not record.name.startswith("interviewrelay"):
            line["message"] = record.getMessage()[:300]
        if record.exc_info and record.exc_info[2]:
            frames = traceback.extract_tb(record.exc_info[2])[-8:]
            line["exception"] = record.exc_info[0].__name__ if record.exc_info[0] else ""
            line["places"] = [
                f"{f.filename.rsplit('/', 1)[-1]}:{f.lineno} {f.name}" for f in frames
            ]
        return json.dumps(line, ensure_ascii=False)


def choose_level(stream: TextIO) -> str:
    """Default log level: warnings at a terminal, where people read the start-up banner, otherwise
    info.
    """
    return "WARNING" if stream.isatty() else "INFO"


def configure_logging(level: str) -> None:
    """Configure logging to standard error, once."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for noisy in ("uvicorn.access", "flask-limiter", "alembic", "fontTools"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
