"""Two server processes that share a Redis share the plan's limit."""

import os
from pathlib import Path
from typing import Any

import pytest

from interviewrelay import factory
from interviewrelay.accounts import accounts, api_keys
from interviewrelay.core.config import settings
from interviewrelay.core.db.session import db, transaction
from tests.conftest import HASHED
from tests.fakes import FakeMailer, FakePdf

NOWHERE = "redis://127.0.0.1:1/0"


def an_app(database_url: str, folder: Path, redis_url: str) -> Any:
    environment = {
        "INSTANCE_DIR": str(folder),
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "SECRET_KEYS": "a key for tests only and long enough to be taken",
    }
    return factory.create_app(
        settings.read_settings(environment), mailer=FakeMailer(), pdf=FakePdf()
    )


@pytest.mark.parametrize("away", [False, True])
def test_two_servers_let_exactly_the_plans_calls_through(
    database_url: str, tmp_path: Path, *, away: bool
) -> None:
    """When there has been no Redis from the beginning, each of them lets them through."""
    redis_url = NOWHERE if away else os.environ["TEST_REDIS_URL"]
    apps = [an_app(database_url, tmp_path / name, redis_url) for name in ("one", "two")]
    with apps[0].app_context():
        with transaction():
            organization = accounts.add_organization("Free", plan="free")
            user = accounts.add_user("free@example.com", "Free", HASHED())
            member = accounts.add_member(organization, user, "owner")
        _, key = api_keys.create_api_key(apps[0].extensions["services"].ring, member, "Key")
        db.session.remove()
    callers = [app.test_client(use_cookies=False) for app in apps]
    headers = {"Authorization": f"Bearer {key}"}
    allowed = 200 if away else 100
    answers = [
        callers[n % 2].get("/api/projects", headers=headers) for n in range(allowed + 30)
    ]
    assert [a.status_code for a in answers] == [200] * allowed + [429] * 30
    assert answers[0].headers["X-RateLimit-Limit"] == "100"
    assert int(answers[-1].headers["Retry-After"]) > 0
    for app in apps:
        with app.app_context():
            db.engine.dispose()
