"""HTTP as it comes off the wire: what is no request at all is refused in the form of all refusals."""

import json
import sys
from http import HTTPStatus
from typing import Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from interviewrelay.errors import HeadersTooLarge, InvalidParameter, Refusal, UriTooLong
from interviewrelay.ids import new_id

NO_REQUEST: Final = InvalidParameter("This is not a well-formed HTTP request.")
LINGER: Final = 1.0
"""Seconds for a sender to read the answer: closing at once would take it from them."""


class Protocol(H11Protocol):
    """uvicorn's own, with answers that a program can read."""

    _refused = False

    def data_received(self, data: bytes) -> None:
        if not self._refused:  # the rest of it is read and dropped
            super().data_received(data)

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - its words are not ours
        refusal = self._reason()
        request_id = new_id()
        error = {
            "code": refusal.code,
            "message": refusal.message,
            "request_id": request_id,
        }
        headers = [
            (b"content-type", b"application/json"),
            (b"cache-control", b"no-store"),
            (b"x-content-type-options", b"nosniff"),
            (b"x-request-id", request_id.encode()),
            (b"connection", b"close"),
        ]
        status = HTTPStatus(refusal.status)
        self._write(h11.Response(status_code=status, headers=headers, reason=status.phrase))
        self._write(h11.Data(data=json.dumps({"error": error}).encode()))
        self._write(h11.EndOfMessage())
        self._refused = True
        self.transport.write_eof()
        self.loop.call_later(LINGER, self.transport.close)

    def _reason(self) -> Refusal:
        fault = sys.exc_info()[1]  # uvicorn calls from within its handler
        if getattr(fault, "error_status_hint", 400) != 431:
            return NO_REQUEST
        begun, _ = self.conn.trailing_data
        return HeadersTooLarge() if b"\n" in begun else UriTooLong()

    def _write(self, event: h11.Event) -> None:
        self.transport.write(self.conn.send(event) or b"")
