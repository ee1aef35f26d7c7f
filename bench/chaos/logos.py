"""Uploads while the server dies: stored completely or not at all, without stray files."""

import io
import random
import re
import threading
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from http.cookiejar import CookieJar
from typing import Final

from PIL import Image

from bench.chaos.host import Host
from bench.chaos.judging import Finding

BITS: Final = 16
SIDE: Final = 30
"""Pixels per bit: stripes in the logo show its number, however it is compressed."""
PAGE: Final = "/settings/branding"
PAUSE: Final = 0.05
_BROKEN: Final = (OSError, HTTPException)
_TOKEN: Final = re.compile(r'name="csrf_token" value="([^"]+)"')


def drawn(number: int, seed: int) -> bytes:
    """PNG of about ten kilobytes that shows a number."""
    picture = Image.effect_noise((BITS * SIDE, 4 * SIDE), 20 + seed % 20).convert("RGB")
    for bit in range(BITS):
        shade = 230 if number >> bit & 1 else 20
        picture.paste((shade,) * 3, (bit * SIDE, 0, (bit + 1) * SIDE, 2 * SIDE))
    kept = io.BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()


def told(content: bytes) -> int:
    """Number shown by an image. Raises OSError for a broken or partial image."""
    picture = Image.open(io.BytesIO(content))
    picture.load()
    stripes = picture.convert("L").crop((0, 0, picture.width, picture.height // 2))
    shades = stripes.resize((BITS, 1), Image.Resampling.BOX).tobytes()
    return sum(1 << bit for bit, shade in enumerate(shades) if shade > 127)


class Owner(threading.Thread):
    """Owner who uploads one logo after another. Each is confirmed, or its outcome is unknown."""

    def __init__(self, host: Host, seed: int) -> None:
        super().__init__(daemon=True)
        self._base, self._a = f"http://127.0.0.1:{host.port}", host.instance.fixtures["A"]
        self._draw = random.Random(f"{seed}/logos")
        self._browser = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(CookieJar())
        )
        self._over = threading.Event()
        self.asked = self.saved = self.acknowledged = 0
        self.finding = Finding()

    def log_in(self) -> None:
        """Sign in, while nothing is killed."""
        page = self._read("/login").decode()
        fields = {"email": self._a["owner_email"], "password": self._a["owner_password"]}
        self._send("/login", {**fields, "csrf_token": _token(page)})

    def run(self) -> None:
        while not self._over.wait(PAUSE):
            try:
                token = _token(self._read(PAGE).decode())
                picture = drawn(self.asked + 1, self._draw.randrange(1000))
                self.asked += 1
                self._send(PAGE, {"accent": "", "csrf_token": token}, picture)
            except urllib.error.HTTPError as refused:
                with refused:
                    if refused.code != 503:
                        self.finding.wrong.append(f"an upload was answered with {refused.code}")
            except _BROKEN:
                continue
            else:
                self.saved = self.asked
                self.acknowledged += 1

    def look(self) -> None:
        """Check that the logo is complete and no older than the last confirmed one."""
        before = self.saved
        try:
            shown = told(self._read(f"{PAGE}/logo"))
        except urllib.error.HTTPError as refused:
            with refused:
                if before:
                    self.finding.wrong.append(f"logo {before} is answered with {refused.code}")
        except _BROKEN as fault:
            self.finding.wrong.append(f"logo {before} is not whole: {fault}")
        else:
            if not before <= shown <= self.asked:
                self.finding.lost.append(f"logo {before}: {shown} is shown")

    def end(self) -> None:
        self._over.set()
        self.join(60)

    def _read(self, path: str) -> bytes:
        with self._browser.open(self._base + path, timeout=30) as answer:
            content: bytes = answer.read()
            return content

    def _send(self, path: str, fields: dict[str, str], picture: bytes = b"") -> None:
        edge = uuid.uuid4().hex
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in fields.items()
        ]
        if picture:
            head = 'Content-Disposition: form-data; name="logo"; filename="logo.png"'
            parts.append(f"--{edge}\r\n{head}\r\nContent-Type: image/png\r\n\r\n".encode())
            parts.append(picture + b"\r\n")
        body = b"".join([*parts, f"--{edge}--\r\n".encode()])
        kind = {"Content-Type": f"multipart/form-data; boundary={edge}"}
        asked = urllib.request.Request(self._base + path, body, kind)
        with self._browser.open(asked, timeout=30) as answer:
            answer.read()


def _token(page: str) -> str:
    found = _TOKEN.search(page)
    if found is None:
        raise OSError("a page without a form")
    return found[1]


@contextmanager
def uploading(host: Host, seed: int) -> Iterator[Owner]:
    """Owner at work, stopped when the block ends."""
    owner = Owner(host, seed)
    owner.log_in()
    owner.start()
    try:
        yield owner
    finally:
        owner.end()
