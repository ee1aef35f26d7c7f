"""A receiver of webhooks on this machine."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_network
from typing import Any

import pytest


class Received(list[bytes]):
    """Bodies in the order of their arrival."""

    refuse = False


@pytest.fixture
def local_hook() -> Iterator[Any]:
    """Its URL, the bodies that arrived, and the networks that must be allowed."""
    received = Received()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(500 if received.refuse else 204)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/hook", received, (ip_network("127.0.0.0/8"),)
    server.shutdown()
    server.server_close()
    thread.join()
