"""One application with all the people, for the whole module."""

from collections.abc import Iterator

import pytest

from tests.conftest import application, copied
from tests.fakes import FakeMailer, FakePayments
from tests.tenants.world import World


@pytest.fixture(scope="module")
def world(template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("tenants")
    url, drop = copied(template, folder)
    with application(url, folder, FakeMailer(), FakePayments()) as app:
        yield World(app)
    drop()
