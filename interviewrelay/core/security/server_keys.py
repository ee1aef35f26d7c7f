"""Key ring of this server, for functions deep below those that hold the services."""

from typing import Final

from flask import Flask, current_app

from interviewrelay.core.security.tokens import KeyRing

RING: Final = "key_ring"


def init_app(app: Flask, ring: KeyRing) -> None:
    app.extensions[RING] = ring


def get_ring() -> KeyRing:
    ring: KeyRing = current_app.extensions[RING]
    return ring
