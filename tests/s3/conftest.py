"""A real server that speaks S3. Where the extra is not installed these tests fail; they are never skipped."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from interviewrelay.adapters.storage import s3
from interviewrelay.adapters.storage.s3 import S3Storage
from interviewrelay.core.config.settings import Settings
from tests.s3.bucket import REGION, S3Server

Make = Callable[..., S3Storage]


@pytest.fixture(scope="session")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    server = S3Server(tmp_path_factory.mktemp("s3")).start()
    yield server
    server.kill9()


def settings_for(server: S3Server, **changes: Any) -> Settings:
    made = Settings(
        Path(),
        s3_endpoint_url=server.address,
        s3_region=REGION,
        s3_access_key_id=server.key,
        s3_secret_access_key=server.secret,
    )
    return replace(made, **changes)


@pytest.fixture
def place(tmp_path: Path) -> str:
    """A folder of the bucket for this test alone."""
    return f"s3://files/of/{tmp_path.name}"


@pytest.fixture
def make(bucket: S3Server, place: str) -> Make:
    """A storage of this test's folder, as the settings make it or with something else."""

    def made(where: str = place, **changes: Any) -> S3Storage:
        return s3.open_s3_storage(settings_for(bucket, **changes), where)

    return made


@pytest.fixture
def storage(make: Make) -> S3Storage:
    return make()
