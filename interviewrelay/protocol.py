"""HTTP as it comes off the wire: what is no request at all is refused in the form of all refusals."""

import json
from http import HTTPStatus
from typing import Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from interviewrelay.errors import HeadersTooLarge, InvalidParameter, Refusal, UriTooLong
from interviewrelay.ids import new_id

NO_REQUEST: Final = InvalidParameter(
    "This is not a well-formed HTTP request. Send a method that HTTP knows, in capitals, one Host, "
    "and the length of the body in one way."
)
LINGER: Final = 1.0
"""Seconds for a sender to read the answer: closing at once would take it from them."""
LARGEST_HEAD: Final = 64 * 1024


class Protocol(HttpToolsProtocol):
    """uvicorn's own, with answers that a program can read, and an end to what it keeps of a head."""

    _refused = False
    _read_of_head: int | None = 0
    """Bytes of the head that is being read; None between a head and the end of its body."""

    def data_received(self, data: bytes) -> None:
        if self._refused:  # the rest of it is read and dropped
            return
        if self._read_of_head is not None:
            self._read_of_head += len(data)
        super().data_received(data)
        if self._read_of_head is not None and self._read_of_head > LARGEST_HEAD:
            self._refuse(HeadersTooLarge() if self.headers else UriTooLong())

    def on_headers_complete(self) -> None:
        if not self._is_plain():
            raise ValueError("a head that two servers could read in two ways")
        self._read_of_head = None
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._read_of_head = 0

    def _is_plain(self) -> bool:
        """Whether host and length are told once: what is behind a head must be clear to everybody."""
        names = [name for name, _ in self.headers]
        ways = [value.lower() for name, value in self.headers if name == b"transfer-encoding"]
        return (
            self.parser.get_http_version() in ("1.0", "1.1")
            and names.count(b"host") == 1
            and ways in ([], [b"chunked"])
            and not (ways and b"content-length" in names)
        )

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - its words are not ours
        self._refuse(NO_REQUEST)

    def _refuse(self, refusal: Refusal) -> None:
        if self._refused or self.transport.is_closing():
            return
        request_id = new_id()
        error = {
            "code": refusal.code,
            "message": refusal.message,
            "request_id": request_id,
        }
        body = json.dumps({"error": error})
        headers = (
            ("content-type", "application/json"),
            ("content-length", str(len(body))),
            ("cache-control", "no-store"),
            ("x-content-type-options", "nosniff"),
            ("x-request-id", request_id),
            ("connection", "close"),
        )
        status = HTTPStatus(refusal.status)
        told = "".join(f"{name}: {value}\r\n" for name, value in headers)
        line = f"HTTP/1.1 {status.value} {status.phrase}\r\n"
        self.transport.write(f"{line}{told}\r\n{body}".encode())
        self._refused = True
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self.loop.call_later(LINGER, self.transport.close)
