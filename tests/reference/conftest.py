"""One running server on which the reference's samples have been played."""

from collections.abc import Iterator

import pytest

from tests import stripe_stand_in
from tests.flows import mail_sink
from tests.flows.server import demonstration
from tests.reference.reading import read
from tests.reference.scene import Scene, play


@pytest.fixture(scope="session")
def scene(template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("reference")
    with stripe_stand_in.serving() as stripe, mail_sink.serving() as letters:
        settings = {
            "STRIPE_SECRET_KEY": stripe_stand_in.KEY,
            "STRIPE_WEBHOOK_SECRET": stripe_stand_in.SECRET,
            "STRIPE_BASE_URL": stripe.url,
            "SMTP_URL": letters.url,
        }
        with demonstration(template, folder, **settings) as (server, fixtures):
            made = Scene(server, fixtures, read(), stripe, letters)
            play(made)
            yield made
