"""Sites of another origin that show interviews in frames."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from playwright.sync_api import Page

BLOCKING = "--test-third-party-cookie-phaseout"
"""Flag of a browser that blocks third-party cookies."""
EVENTS = ("ready", "started", "answered", "completed", "withdrawn", "error", "resize")
POLICY = "default-src 'none'; script-src 'self' {server}; frame-src {server}"
LISTEN = f"""window.heard = [];
for (const name of {list(EVENTS)}) document.addEventListener('interview:' + name, (event) =>
  heard.push({{name, detail: event.detail, on: event.target.id}}));"""


class Site:
    """A site of another origin with a strict policy; `pages` by path."""

    def __init__(self, server: str) -> None:
        site, self.pages = self, {"/listen.js": LISTEN}

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                text = site.pages.get(self.path, "")
                self.send_response(200 if text else 404)
                kind = "text/javascript" if self.path.endswith(".js") else "text/html"
                self.send_header("Content-Type", f"{kind}; charset=utf-8")
                self.send_header("Content-Security-Policy", POLICY.format(server=server))
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_: Any) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server = server
        self.origin = f"http://localhost:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def show(self, path: str, body: str) -> str:
        """Address of a page with the widget's script."""
        self.pages[path] = (
            "<!doctype html><html lang=de><meta charset=utf-8>"
            "<meta name=viewport content='width=device-width'><title>Shop</title>"
            f"<script src=/listen.js></script><script src={self.server}/embed.js async></script>"
            f"<body><h1>Shop</h1>{body}"
        )
        return self.origin + path


def heard(page: Page, name: str, on: str = "it") -> list[Any]:
    return page.evaluate(
        "([name, on]) => heard.filter((e) => e.name === name && e.on === on).map((e) => e.detail)",
        [name, on],
    )


def await_event(page: Page, name: str, seconds: float = 15) -> None:
    page.wait_for_function(
        "(name) => heard.some((e) => e.name === name)", arg=name, timeout=seconds * 1000
    )
