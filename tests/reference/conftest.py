"""One running server on which the reference's samples have been played."""

import socket
from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller

from tests import stripe_stand_in
from tests.flows.server import demonstration
from tests.reference.reading import read
from tests.reference.scene import Letters, Scene, play


@pytest.fixture(scope="session")
def letters() -> Iterator[tuple[Letters, str]]:
    """What is mailed, and where to mail it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    made = Letters()
    controller = Controller(made, hostname="127.0.0.1", port=port)
    controller.start()
    yield made, f"smtp://127.0.0.1:{port}"
    controller.stop()


@pytest.fixture(scope="session")
def scene(
    template: str, letters: tuple[Letters, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("reference")
    with stripe_stand_in.serving() as stripe:
        settings = {
            "STRIPE_SECRET_KEY": stripe_stand_in.KEY,
            "STRIPE_WEBHOOK_SECRET": stripe_stand_in.SECRET,
            "STRIPE_BASE_URL": stripe.url,
            "SMTP_URL": letters[1],
        }
        with demonstration(template, folder, **settings) as (server, fixtures):
            made = Scene(server, fixtures, read(), stripe, letters[0])
            play(made)
            yield made
