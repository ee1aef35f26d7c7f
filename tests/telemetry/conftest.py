"""A receiver on loopback, and an application that reports to it. These tests are never skipped."""

import gzip
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module

import pytest

from interviewrelay import factory
from interviewrelay.core.config import settings


class Receiver:
    """What was sent, as pairs of path and decoded body; and the headers of the last call."""

    def __init__(self):
        self.calls, self.headers = [], {}
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                packed = self.headers.get("Content-Encoding")
                if packed == "br":  # where brotli happens to be installed
                    body = import_module("brotli").decompress(body)
                elif packed == "gzip":
                    body = gzip.decompress(body)
                receiver.calls.append((self.path, body))
                receiver.headers = {name.lower(): text for name, text in self.headers.items()}
                self.send_response(200)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def everything(self):
        return b"".join(body for _, body in self.calls)


@pytest.fixture
def receiver():
    made = Receiver()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def reporting(tmp_path):
    """An application with these settings, whose `/fails/<word>` raises an exception with secrets."""

    def made(**given):
        app = factory.create_app(
            settings.read_settings({"INSTANCE_DIR": str(tmp_path), **given})
        )

        @app.get("/fails/<word>")
        def fails(word):
            answer = f"I never liked {word}"
            try:
                raise KeyError(answer)  # noqa: TRY301
            except KeyError as fault:
                raise RuntimeError(f"cannot read {answer!r}") from fault

        return app

    return made
