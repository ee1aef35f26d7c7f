"""What plain reads tell is, byte for byte, what `represent` makes of the models."""

import json
from datetime import timedelta
from typing import Any

import orjson
import pytest
from sqlalchemy import text, update

from interviewrelay.campaigns import (
    campaigns,
    detail_query as campaign_detail_query,
    listing as campaign_listing,
    representation as campaign_representation,
)
from interviewrelay.core import clock
from interviewrelay.core.db import json_listing, pagination
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import NotFound
from interviewrelay.core.ids import new_id
from interviewrelay.interviews import event_payload, interview_counts, interviews
from interviewrelay.models import Interview, TurnRow
from interviewrelay.organizations import access
from interviewrelay.privacy import erasure
from interviewrelay.transcripts import (
    detail_query,
    listing as transcript_listing,
    representation,
    transcripts,
)
from tests.factories import (
    DOCUMENT,
    a_campaign,
    a_finished_interview,
    a_script,
    an_interview,
    an_invite,
)

ODD = 'Ünder "one" roof \\ / \t\n\x7f\u2028 \U0001f600 <&> wait'
NOW = clock.now().replace(microsecond=123_457)


@pytest.fixture
def told(services: Any, ann: Any, ben: Any) -> Any:
    """Interviews in every state, with the lengths at which rounding could differ; somebody else's."""
    campaign = a_campaign(ann, name=ODD, settings={"mode": "text"}, extra={ODD: ODD})
    other = a_campaign(ann)
    for number, seconds in enumerate(
        (0, 0.000001, 59.999999, 60, 60.5, 61, 3_599.95, 90_000.3)
    ):
        with clock.freeze_at(NOW + timedelta(days=number)):
            row = an_interview(
                services, campaign, email=f"n{number}@x.example", test=number == 3
            )
        with clock.freeze_at(NOW + timedelta(days=number, seconds=seconds)):
            if number % 3 == 0:
                interviews.pause_interview(row.invite)
            elif number % 3 == 1:
                interviews.answer_question(row.invite, 2, f"It took an hour. {ODD}")
            else:
                interviews.complete_interview(row.invite)
    _shift(other, services)
    a_finished_interview(services, a_campaign(ben), "It was ours.")
    db.session.expire_all()
    return campaign


def _shift(campaign: Any, services: Any) -> None:
    """One that goes on, its pauses no whole number of seconds."""
    row = an_interview(services, campaign, "It took an hour.", email="paused@x.example")
    with transaction():
        db.session.execute(
            update(Interview)
            .where(Interview.id == row.id)
            .values(
                started_at=NOW,
                last_at=NOW + timedelta(seconds=100.3),
                paused_seconds=40.300001,
            )
        )


def _same(page: json_listing.JsonPage, models: pagination.Page[Any], shape: Any) -> None:
    assert page.items.encode() == orjson.dumps([shape(row) for row in models.items])
    assert (page.total, page.next_cursor) == (models.total, models.next_cursor)


WINDOWS = (
    pagination.Window(),
    pagination.Window(3),
    pagination.Window(2, 5),
    pagination.Window(5, 100),
)


@pytest.mark.parametrize("window", WINDOWS)
def test_campaigns_are_listed_alike(ann: Any, told: Any, window: pagination.Window) -> None:
    for given in (
        {},
        {"status": "active"},
        {"status": "draft"},
        {"project_id": told.project_id},
    ):
        page = campaign_listing.CAMPAIGNS.get_page(ann.actor, window, **given)
        models = campaigns.list_campaigns(ann.actor, window, **given)
        _same(page, models, campaign_representation.CampaignItem.read)


@pytest.mark.gate
@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("status", [None, "completed", "in_progress", "abandoned"])
def test_sessions_are_listed_alike(
    ann: Any, told: Any, window: pagination.Window, status: Any
) -> None:
    places = (None, told.id, ann.actor.org_id, new_id(), "", "no id")
    spans = ((None, None), (NOW + timedelta(days=1), NOW + timedelta(days=5)), (NOW, None))
    for place in places:
        for since, before in spans:
            given = {"campaign_id": place, "status": status, "since": since, "before": before}
            models = transcripts.list_sessions(ann.actor, window, **given)
            page = transcripts.list_sessions_as_json(ann.actor, window, **given)
            _same(page, models, event_payload.SessionItem.read)
            assert not page.capped


def test_sessions_are_walked_alike(ann: Any, told: Any) -> None:
    cursor, seen = None, []
    while True:
        window = pagination.Window(2, cursor=cursor)
        page = transcripts.list_sessions_as_json(
            ann.actor, window, campaign_id=None, status=None, since=None, before=None
        )
        _same(
            page, transcripts.list_sessions(ann.actor, window), event_payload.SessionItem.read
        )
        seen += [row["id"] for row in json.loads(page.items)]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert len(set(seen)) == len(seen) == page.total == 9


def test_a_campaign_is_told_alike(services: Any, ann: Any, ben: Any, told: Any) -> None:
    an_invite(services, told)
    rows = [
        told,
        a_campaign(
            ann,
            starts_at=NOW,
            ends_at=NOW + timedelta(days=1),
            max_sessions=3,
            max_completed=2,
            custom_message=ODD,
            reminder_hours_before=2,
            settings={"language": "nl", "target_minutes": 5},
        ),
    ]
    db.session.expire_all()
    for row in rows:
        shown = campaign_representation.CampaignDetail.read(
            campaign_detail_query.get_campaign_detail(ann.actor, row.id)
        )
        model = campaign_representation.CampaignDetail.read(
            access.get_campaign(ann.actor, row.id)
        )
        assert orjson.dumps(shown) == orjson.dumps(model)
        with pytest.raises(NotFound):
            campaign_detail_query.get_campaign_detail(ben.actor, row.id)
    for nothing in ("", "no id", new_id()):
        with pytest.raises(NotFound):
            campaign_detail_query.get_campaign_detail(ann.actor, nothing)


def test_a_transcript_is_told_alike(services: Any, ann: Any, ben: Any, told: Any) -> None:
    said = ("Ask me something else.", ODD, "It took two hours.", "I do not know.", "ok")
    talk = an_interview(services, told, *said, email="talks@x.example")
    script = a_script(ann, **{**DOCUMENT, "name": ODD})
    done = a_finished_interview(services, a_campaign(ann, script=script), "An hour.", ODD)
    with transaction():  # its question is still owed: it has no mood yet
        owed = update(TurnRow).where(TurnRow.interview_id == talk.id, TurnRow.number == 4)
        db.session.execute(owed.values(sentiment_label=None, elapsed=7.25))
    db.session.expire_all()
    ids = [talk.id, done.id, *db.session.execute(text("SELECT id FROM interview")).scalars()]
    for session_id in ids[:-1]:
        row = db.session.get(Interview, session_id)
        if row.org_id != ann.actor.org_id:
            continue
        shown = representation.Transcript.read(
            detail_query.get_conversation(ann.actor, session_id)
        )
        model = representation.Transcript.read(
            transcripts.build_transcript(access.get_interview(ann.actor, session_id))
        )
        assert orjson.dumps(shown) == orjson.dumps(model)
        with pytest.raises(NotFound):
            detail_query.get_conversation(ben.actor, session_id)


def test_a_span_is_counted_so_far_and_no_further(
    ann: Any, told: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_listing, "MOST_COUNTED", 3)
    listing = json_listing.JsonListing(transcript_listing.INTERVIEWS._kind)
    for since, total, capped in ((NOW, 3, True), (NOW + timedelta(days=5), 3, False)):
        page = listing.get_page(ann.actor, pagination.Window(), since=since)
        assert (page.total, page.capped) == (total, capped)
    assert listing.get_page(ann.actor, pagination.Window()).total == 9  # kept, and told whole


def test_sessions_are_counted_where_they_begin_end_and_are_erased(
    services: Any, ann: Any
) -> None:
    campaign, other = a_campaign(ann), a_campaign(ann)

    def counts() -> list[int]:
        assert list(interview_counts.find_discrepancies()) == []
        states = ("in_progress", "completed", "abandoned", None)
        return [
            interview_counts.count_interviews(ann.actor, campaign.id, state) for state in states
        ]

    first = an_interview(services, campaign)
    second = an_interview(services, campaign, email="b@x.example", test=True)
    an_interview(services, other, email="c@x.example")
    assert counts() == [2, 0, 0, 2]
    interviews.complete_interview(first.invite)
    interviews.complete_interview(first.invite)
    assert counts() == [1, 1, 0, 2]
    erasure.withdraw_participant(services, second.invite)
    erasure.withdraw_participant(services, second.invite)
    assert counts() == [0, 1, 0, 1]
    erasure.erase_session(services, ann.actor, first.id)
    assert counts() == [0, 0, 0, 0]
    assert interview_counts.count_interviews(ann.actor, None, None) == 1


def test_a_count_that_is_not_what_is_there_is_found(services: Any, ann: Any) -> None:
    campaign = a_campaign(ann)
    an_interview(services, campaign)
    with transaction():
        db.session.execute(
            text("UPDATE interview_count SET number = 7 WHERE campaign_id = :id"),
            {"id": campaign.id},
        )
    told = "1 interviews in_progress, but the counter shows 7"
    assert list(interview_counts.find_discrepancies()) == [f"{campaign.id}: {told}"]
