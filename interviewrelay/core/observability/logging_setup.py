"""Logs: one JSON object a line; never a token, an address or what somebody said."""

import json
import logging
import sys
import traceback
from typing import Any, Final, TextIO

from interviewrelay.core import clock
from interviewrelay.core.observability import correlation

# What our own code may attach to a line; anything else stays out.
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
)


class Lines(logging.Formatter):
    """`{"at", "level", "event", …}`; of an exception its type and places, not its words."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": clock.iso_millis(clock.now()),
            "level": record.levelname.lower(),
            "event": record.getMessage()
            if record.name.startswith("interviewrelay")
            else record.name,
        }
        cause = correlation.current()
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


def level_for(stream: TextIO) -> str:
    """What is logged where nothing is set: whoever watches at a terminal wants to see the links of the
    start, and what goes wrong.
    """
    return "WARNING" if stream.isatty() else "INFO"


def configure(level: str) -> None:
    """Let everything be logged to standard error, once."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for noisy in ("uvicorn.access", "flask-limiter", "alembic", "fontTools"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
