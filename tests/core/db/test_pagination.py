"""Lists: by offset or by cursor, always the same."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from interviewrelay.campaigns import projects
from interviewrelay.core.db import pagination
from interviewrelay.core.db.pagination import Window
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import InvalidParameter
from interviewrelay.core.ids import new_id
from interviewrelay.models import Project

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def many(ann):
    """Twenty-three projects; some share their moment, some differ by a microsecond."""
    with transaction():
        for number in range(23):
            at = NOON + timedelta(microseconds=number // 3)
            db.session.add(Project(org_id=ann.actor.org_id, name=f"P{number}", created_at=at))
    rows = db.session.execute(select(Project)).scalars()
    return [row.id for row in sorted(rows, key=lambda r: (r.created_at, r.id), reverse=True)]


def by_offset(actor, limit):
    found, offset = [], 0
    while True:
        page = projects.list_projects(actor, Window(limit, offset))
        found += [row.id for row in page.items]
        offset += limit
        if page.next_cursor is None:
            return found


def by_cursor(actor, limit):
    found, cursor = [], None
    while True:
        page = projects.list_projects(actor, Window(limit, cursor=cursor))
        found += [row.id for row in page.items]
        cursor = page.next_cursor
        if cursor is None:
            return found


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 22, 23, 24, 100])
def test_cursor_and_offset_walk_the_same_list(ann, many, limit):
    assert by_offset(ann.actor, limit) == many
    assert by_cursor(ann.actor, limit) == many


def test_every_page_knows_the_whole(ann, many):
    page = projects.list_projects(ann.actor, Window(10, 20))
    assert (page.total, page.limit, page.offset, len(page.items)) == (23, 10, 20, 3)
    assert page.next_cursor is None
    assert projects.list_projects(ann.actor, Window(10, 99)).items == []


@pytest.mark.parametrize(("most", "total", "capped"), [(22, 22, True), (23, 23, False)])
def test_what_no_counter_keeps_is_counted_so_far_and_no_further(
    ann, many, monkeypatch, most, total, capped
):
    monkeypatch.setattr(pagination, "MOST_COUNTED", most)
    page = projects.list_projects(ann.actor, Window(10, 20))
    assert (page.total, page.capped, len(page.items)) == (total, capped, 3)


def test_a_row_that_is_new_does_not_shift_a_walk_by_cursor(ann, many):
    page = projects.list_projects(ann.actor, Window(5))
    projects.create_project(ann.actor, "Newest")
    following = projects.list_projects(ann.actor, Window(5, cursor=page.next_cursor))
    assert [row.id for row in following.items] == many[5:10]


def test_an_empty_list_is_a_page_too(ann):
    page = projects.list_projects(ann.actor)
    assert (page.items, page.total, page.next_cursor) == ([], 0, None)


def written(text):
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "", "x", "!!!", "é", "a" * 5_000, written("2024-05-01"), written("2024-05-01 " + "0" * 36),
        written("2024-05-01T12:00:00Z"), written("2024-05-01T12:00:00Z 1"), written("later ID"),
        written("9999-12-31T00:00:00Z 018f3f3e-0000-7000-8000-000000000000"), written("\x00"),
    ],
)  # fmt: skip
def test_a_cursor_that_is_none_of_ours_is_refused(ann, cursor):
    with pytest.raises(InvalidParameter) as refusal:
        projects.list_projects(ann.actor, Window(cursor=cursor))
    assert refusal.value.details["field"] == "cursor"


def test_a_cursor_of_another_organization_shows_nothing_of_it(ann, ben, many):
    page = projects.list_projects(ann.actor, Window(5))
    assert projects.list_projects(ben.actor, Window(cursor=page.next_cursor)).items == []


def test_short_lists_and_counts(ann, many):
    mine = select(Project).where(Project.org_id == ann.actor.org_id)
    assert len(pagination.fetch_all(mine)) == pagination.count_rows(mine) == 23
    assert pagination.count_rows(mine.where(Project.id == new_id())) == 0
