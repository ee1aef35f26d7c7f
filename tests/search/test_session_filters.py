"""What sessions are filtered and ordered by, with and without words that were said."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text

from interviewrelay.core import clock
from interviewrelay.core.db.pagination import Window
from interviewrelay.core.db.session import db
from interviewrelay.interviews import interviews
from interviewrelay.models import Interview
from interviewrelay.notes import notes
from interviewrelay.notes.notes import NoteDraft
from interviewrelay.search import excerpts, search
from interviewrelay.transcripts import transcripts
from tests.factories import a_campaign, a_finished_interview, a_script, an_interview, by_voice
from tests.statements import statements

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
GOOD, BAD = "I loved it, everybody was wonderful!", "It was horrible, I hated it."


@pytest.fixture
def held(ann, services):
    """By name, a day apart: the last is the newest."""
    english = a_campaign(ann)
    dutch = a_campaign(ann, script=a_script(ann, language="nl"))
    made = {}
    plan = [
        ("good", english, a_finished_interview, GOOD),
        ("bad", english, a_finished_interview, BAD),
        ("open", english, an_interview, BAD),
        ("dutch", dutch, a_finished_interview, "Het was prima, horrible zeiden ze."),
    ]
    for day, (name, campaign, hold, said) in enumerate(plan):
        with clock.freeze_at(NOON + timedelta(days=day)):
            made[name] = hold(services, campaign, said, email=f"{name}@x.example", test=True)
    by_voice(made["bad"])
    notes.add_note(ann.actor, made["good"].id, NoteDraft("Quote this.", "love", 2, "wonderful"))
    notes.add_note(ann.actor, made["open"].id, NoteDraft(tags="again, love"))
    return made


@pytest.fixture
def found(ann, held):
    names = {row.id: name for name, row in held.items()}

    def listed(**more):
        page = transcripts.list_sessions(ann.actor, **more)
        assert page.total == len(page.items)
        return [names[row.id] for row in page.items]

    return listed


NARROWED = (
    ({"sentiment": "positive", "language": "en"}, ["good"]), ({"sentiment": "negative"}, ["bad"]),
    ({"language": "nl"}, ["dutch"]), ({"language": "en"}, ["open", "bad", "good"]), ({"language": "xx"}, []),
    ({"mode": "voice"}, ["bad"]), ({"mode": "text"}, ["dutch", "open", "good"]),
    ({"q": "horrible", "mode": "voice"}, ["bad"]), ({"mode": "voice", "status": "in_progress"}, []),
    ({"q": "horrible", "mode": "text", "language": "en"}, ["open"]),
    ({"noted": True}, ["open", "good"]), ({"tag": "again"}, ["open"]), ({"tag": "love"}, ["open", "good"]),
    ({"tag": "none"}, []), ({"noted": True, "status": "completed"}, ["good"]),
    ({"q": "horrible"}, ["dutch", "open", "bad"]), ({"q": "horrible", "sentiment": "negative"}, ["bad"]),
    ({"q": "horrible", "language": "nl"}, ["dutch"]), ({"q": "horrible", "noted": True}, ["open"]),
    ({"q": "horrible", "tag": "love"}, ["open"]), ({"q": "horrible", "tag": "love", "status": "completed"}, []),
    ({"q": "wonderful", "tag": "love", "noted": True, "language": "en", "sentiment": "positive"}, ["good"]),
)  # fmt: skip


@pytest.mark.parametrize("looked_at", [600, 1])
def test_each_filter_narrows(found, looked_at, monkeypatch):
    monkeypatch.setattr(search, "LOOKED_AT", looked_at)  # by looking, or by the index alone
    told = [(more, found(**more), wanted) for more, wanted in NARROWED]
    assert [row for row in told if row[1] != row[2]] == []


@pytest.mark.parametrize("looked_at", [600, 1])
def test_those_that_pause_are_some_of_those_in_progress(found, held, looked_at, monkeypatch):
    monkeypatch.setattr(search, "LOOKED_AT", looked_at)
    assert found(status="paused") == found(status="paused", q="horrible") == []
    interviews.pause_interview(held["open"].invite)
    for more in ({}, {"q": "horrible"}, {"noted": True}, {"q": "horrible", "noted": True}):
        assert found(status="paused", **more) == ["open"]
        assert found(status="in_progress", **more) == ["open"]
    interviews.complete_interview(held["open"].invite)
    assert found(status="paused") == []


def test_the_oldest_come_first_when_asked_for(ann, found):
    assert found(oldest_first=True) == ["good", "bad", "open", "dutch"]
    first = transcripts.list_sessions(ann.actor, Window(3), oldest_first=True)
    rest = transcripts.list_sessions(
        ann.actor, Window(3, cursor=first.next_cursor), oldest_first=True
    )
    assert [row.participant_email for row in rest.items] == ["dutch@x.example"]
    assert rest.next_cursor is None


def test_a_mode_is_found_by_its_index(ann, held):
    wanted = search.SearchFilters(ann.actor.org_id, (), mode="voice")
    query = search.apply_filters(select(Interview.id), wanted).order_by(
        Interview.started_at.desc(), Interview.id.desc()
    )
    words = str(query.compile(db.engine, compile_kwargs={"literal_binds": True}))
    if db.engine.dialect.name == "sqlite":
        plan = " ".join(
            row[3] for row in db.session.execute(text(f"EXPLAIN QUERY PLAN {words}"))
        )
        assert "ix_interview_org_id_mode (org_id=? AND mode=?)" in plan
        assert "TEMP B-TREE" not in plan


def test_others_notes_and_tags_match_nothing(ben, held):
    assert transcripts.list_sessions(ben.actor, noted=True).total == 0
    assert transcripts.list_sessions(ben.actor, q="horrible", tag="love").total == 0


def test_the_languages_are_those_of_ones_own_sessions(ann, ben, held):
    assert excerpts.list_languages(ann.actor) == ["en", "nl"]
    assert excerpts.list_languages(ben.actor) == []


def test_an_excerpt_is_of_the_first_answer_that_holds_all_words(services, ann):
    row = an_interview(
        services,
        a_campaign(ann),
        "The waiting.",
        "The room; the waiting room.",
        email="a@x.example",
    )
    told = excerpts.get_excerpts([row.id], "WAITING room")[row.id]
    assert told.turn_number == 4
    assert [p.text for p in told.pieces if p.hit] == ["room", "waiting", "room"]
    assert excerpts.get_excerpts([row.id], "") == {}
    assert excerpts.get_excerpts([row.id], "never") == {}


def test_excerpts_are_one_statement(services, ann):
    campaign = a_campaign(ann)
    ids = [
        an_interview(services, campaign, GOOD, email=f"n{n}@x.example", test=True).id
        for n in range(5)
    ]
    assert statements(lambda: excerpts.get_excerpts(ids, "wonderful")) == 1
