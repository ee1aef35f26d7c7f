"""What is kept is let go with the first change, whoever makes it."""

import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from interviewrelay.accounts import api_keys
from interviewrelay.core.db import change_cache
from interviewrelay.core.db.change_cache import MOST, ChangeCache
from interviewrelay.core.db.session import db
from interviewrelay.core.errors import Unauthenticated
from tests.factories import a_campaign, a_finished_interview, a_project

sqlite_only = pytest.mark.skipif(
    "TEST_DATABASE_URL" in os.environ, reason="nothing is kept on PostgreSQL"
)


@pytest.fixture
def elsewhere(app: Any) -> Any:
    """Runs a statement as another process would."""
    engine = create_engine(db.engine.url)

    def run(words: str, **values: str) -> None:
        with engine.begin() as connection:
            connection.execute(text(words), values)

    yield run
    engine.dispose()


@sqlite_only
def test_the_mark_stands_still_until_somebody_commits(
    app: Any, elsewhere: Any, ann: Any
) -> None:
    before = change_cache.commit_counter()
    db.session.execute(text("SELECT count(*) FROM project")).all()
    assert change_cache.commit_counter() == before
    a_project(ann)  # this process, by the session
    ours = change_cache.commit_counter()
    assert ours != before
    elsewhere("UPDATE project SET name = 'Another'")
    assert change_cache.commit_counter() not in (before, ours)


@sqlite_only
def test_a_shelf_is_emptied_by_a_change_and_by_its_size(app: Any, ann: Any) -> None:
    shelf: ChangeCache[int] = ChangeCache()
    shelf.items()["a"] = 1
    assert shelf.items() == {"a": 1}
    a_project(ann)
    assert shelf.items() == {}
    for number in range(MOST + 1):
        shelf.items()[number] = number
    assert shelf.items() == {}


@sqlite_only
def test_what_is_read_while_something_changes_is_kept_for_nobody(app: Any, ann: Any) -> None:
    shelf: ChangeCache[int] = ChangeCache()
    mine = shelf.items()
    a_project(ann)
    assert shelf.items() == {}
    mine["late"] = 1  # read before the change, put back after it
    assert shelf.items() == {}


@sqlite_only
def test_marks_of_two_connections_are_never_the_same(tmp_path: Path) -> None:
    marks = set()
    for name in ("one", "two"):
        path = tmp_path / f"{name}.db"
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE t (n INTEGER)")
        connection.close()
        marks.add(change_cache._Watch(str(path)).mark())
    assert len(marks) == 2


def test_a_file_that_cannot_be_read_keeps_nothing(tmp_path: Path) -> None:
    path = tmp_path / "broken.db"
    path.write_bytes(b"this is no database, however long one looks at it" * 100)
    assert change_cache._Watch(str(path)).mark() is None


def test_a_kept_answer_is_never_older_than_what_is_stored(
    client: Any, ann: Any, elsewhere: Any
) -> None:
    campaign = a_campaign(ann)
    for path, name in (
        ("/api/campaigns", "campaigns"),
        (f"/api/campaigns/{campaign.id}", None),
    ):
        for number in range(3):
            elsewhere("UPDATE campaign SET name = :name", name=f"{name} {number}")
            for _ in range(2):
                found = client.get(path, headers=ann.auth)
                shown = found.json[name][0] if name else found.json
                assert shown["name"] == f"{name} {number}"
            tag = {"If-None-Match": found.headers["ETag"]}
            assert client.get(path, headers={**ann.auth, **tag}).status_code == 304
            elsewhere("UPDATE campaign SET name = :name", name="changed")
            assert client.get(path, headers={**ann.auth, **tag}).status_code == 200


def test_a_key_that_was_taken_back_elsewhere_opens_nothing(
    client: Any, services: Any, ann: Any, elsewhere: Any
) -> None:
    assert client.get("/api/campaigns", headers=ann.auth).status_code == 200
    elsewhere("UPDATE api_key SET revoked_at = created_at")
    assert client.get("/api/campaigns", headers=ann.auth).status_code == 401
    with pytest.raises(Unauthenticated):
        api_keys.authenticate(services.ring, ann.auth["Authorization"])


def test_what_is_kept_for_one_is_shown_to_nobody_else(
    client: Any, services: Any, ann: Any, ben: Any, vic: Any
) -> None:
    session = a_finished_interview(services, a_campaign(ann), "It took an hour.")
    for path in (f"/api/sessions/{session.id}", f"/api/sessions/{session.id}/transcript"):
        first = client.get(path, headers=ann.auth)
        assert (first.status_code, first.data) == (200, client.get(path, headers=ann.auth).data)
        assert client.get(path, headers=ben.auth).status_code == 404
        assert client.get(path).status_code == 401
        looks = client.get(path, headers=vic.auth)
        assert looks.status_code == 200
        assert looks.headers["ETag"] != first.headers["ETag"]


@pytest.mark.parametrize("form", ["txt", "csv", "json"])
def test_a_kept_answer_has_the_headers_of_the_first(
    client: Any, services: Any, ann: Any, form: str
) -> None:
    session = a_finished_interview(services, a_campaign(ann), "It took an hour.")
    path = f"/api/sessions/{session.id}/transcript?format={form}"
    first, again = (client.get(path, headers=ann.auth) for _ in range(2))
    own = {"X-Request-Id", "X-RateLimit-Remaining", "RateLimit"}
    assert [h for h in first.headers if h[0] not in own] == [
        h for h in again.headers if h[0] not in own
    ]
    assert first.data == again.data


@sqlite_only
def test_what_was_erased_is_not_kept(app: Any, client: Any, services: Any, ann: Any) -> None:
    session = a_finished_interview(services, a_campaign(ann), "It took an hour.")
    path = f"/api/sessions/{session.id}/transcript"
    assert client.get(path, headers=ann.auth).status_code == 200
    assert client.delete(f"/api/sessions/{session.id}", headers=ann.auth).status_code == 200
    assert client.get(path, headers=ann.auth).status_code == 404
