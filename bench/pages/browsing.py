"""Headless Chromium, controlled by the DevTools protocol, as a slow phone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from shutil import which
from typing import TYPE_CHECKING, Any, Final

from bench.pages.aims import Visit
from bench.pages.places import Place

if TYPE_CHECKING:  # only the gate has a browser
    from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

CHROMIUM: Final = which("chromium-headless-shell") or "/usr/bin/chromium"
"""Path of the headless shell, which renders the same pages with less overhead."""
QUIET: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE: Final = {"width": 360, "height": 740}
DESK: Final = {"width": 1280, "height": 900}
ZONE: Final = "Asia/Kolkata"
"""Time zone far from the server's, so that layout shifts caused by times are detected."""
SLOWER: Final = 4
SETTLED: Final = 700
"""Milliseconds after loading in which a page may still move."""

# Runs before the page: records paints, long tasks and layout shifts.
WATCH: Final = """
  window.seen = {paint: 0, task: 0, shift: 0};
  const on = (type, do_) => new PerformanceObserver(list => list.getEntries().forEach(do_))
    .observe({type, buffered: true});
  on('largest-contentful-paint', e => { seen.paint = e.startTime; });
  on('longtask', e => { seen.task = Math.max(seen.task, e.duration); });
  on('layout-shift', e => { if (!e.hadRecentInput) seen.shift += e.value; });
"""


@contextmanager
def chromium() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        try:
            yield made
        finally:
            made.close()


@contextmanager
def browsing(
    browser: Browser, base: str, cookie: str = "", **more: Any
) -> Iterator[BrowserContext]:
    """Fresh browser profile, with only the sign-in cookie, if any."""
    context = browser.new_context(**more)
    context.set_default_timeout(30_000)
    if cookie:
        context.add_cookies([{"name": "ir", "value": cookie, "url": base}])
    try:
        yield context
    finally:
        context.close()


def visits(
    browser: Browser, base: str, place: Place, cookie: str, before: str, rounds: int
) -> tuple[Visit, Visit]:
    """First visit with the times of all rounds, and a repeat visit.

    `before` is the page that a participant has already loaded, if any.
    """
    firsts, seconds = [], []
    size = PHONE if place.who == "participant" else DESK
    for _ in range(rounds):
        known = cookie if place.who == "desk" else ""
        with browsing(browser, base, known, viewport=size, timezone_id=ZONE) as context:
            context.add_init_script(WATCH)
            watched = _Watched(context)
            if before:
                watched.open(base + before)
            firsts.append(watched.open(base + place.path))
            seconds.append(watched.open(base + place.path))
    return _together(firsts), _together(seconds)


class _Watched:
    """Page with a slow processor, and the bytes it loads."""

    def __init__(self, context: BrowserContext) -> None:
        self._page: Page = context.new_page()
        self._wire: CDPSession = context.new_cdp_session(self._page)
        self._bytes = self._requests = 0
        self._wire.on("Network.loadingFinished", self._finished)
        self._wire.on("Network.requestWillBeSent", self._led_on)
        self._wire.send("Network.enable")
        self._wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})

    def open(self, url: str) -> Visit:
        self._page.goto(
            "about:blank"
        )  # otherwise it would be a reload, which bypasses the cache
        self._bytes = self._requests = 0
        self._page.goto(url, wait_until="load")
        self._page.wait_for_timeout(SETTLED)
        seen = self._page.evaluate("seen")
        return Visit(
            bytes=self._bytes,
            requests=self._requests,
            paint=(seen["paint"] / 1000,),
            task=(seen["task"] / 1000,),
            shift=seen["shift"],
        )

    def _finished(self, told: Mapping[str, Any]) -> None:
        """Count the bytes of a finished request; responses from the browser's cache have none."""
        if told["encodedDataLength"]:
            self._bytes += int(told["encodedDataLength"])
            self._requests += 1

    def _led_on(self, told: Mapping[str, Any]) -> None:
        if answer := told.get("redirectResponse"):
            self._bytes += int(answer["encodedDataLength"])
            self._requests += 1


def _together(of: list[Visit]) -> Visit:
    return Visit(
        bytes=max(one.bytes for one in of),
        requests=max(one.requests for one in of),
        paint=tuple(seconds for one in of for seconds in one.paint),
        task=tuple(seconds for one in of for seconds in one.task),
        shift=max(one.shift for one in of),
    )
