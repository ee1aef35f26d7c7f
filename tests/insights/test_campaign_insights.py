"""What a campaign's interviews come to together, and what one comes to alone."""

from dataclasses import asdict
from datetime import timedelta

import pytest
from pydantic import TypeAdapter
from sqlalchemy import select, update

from interviewrelay.campaigns.invites import invites
from interviewrelay.core import clock
from interviewrelay.core.db.session import db, transaction
from interviewrelay.demo import study
from interviewrelay.insights import campaign_insights, representation, session_summary
from interviewrelay.interviews import completion, interviews, state
from interviewrelay.models import Campaign, TurnRow
from interviewrelay.organizations import access
from interviewrelay.privacy import erasure
from tests.factories import a_campaign, a_finished_interview, an_interview, an_invite
from tests.statements import statements
from tests.web.http_participant import NOON

BUS = "I took the bus, and there was no parking space at the entrance."
CAR = "By car. The parking space was far from the entrance, which was horrible."


@pytest.fixture
def campaign(ann):
    return a_campaign(ann)


def seen(campaign):
    """As the API answers it."""
    db.session.rollback()
    return representation.CampaignInsights.read(
        campaign_insights.get_campaign_insights(campaign)
    )


PARKING = "there was no parking space at the entrance"
"""The clause that stands for both answers."""


def themes_of(campaign):
    return {theme["label"]: theme["sessions"] for theme in seen(campaign)["themes"]}


def theme_with(campaign, words):
    return next(theme for theme in seen(campaign)["themes"] if words in theme["label"])


def held(services, campaign, *said, who="a", finish=True):
    hold = a_finished_interview if finish else an_interview
    return hold(services, campaign, *said, email=f"{who}@x.example")


def test_themes_are_told_with_people_mentions_moods_and_quotes_that_exist(services, campaign):
    first, second = (
        held(services, campaign, BUS, who="a"),
        held(services, campaign, CAR, who="b"),
    )
    theme = theme_with(campaign, PARKING)
    assert (theme["sessions"], theme["mentions"]) == (2, 2)
    assert theme["sentiment"]["answers"] == 2
    assert theme["sentiment"]["labels"]["negative"] >= 1
    assert {quote["session_id"] for quote in theme["quotes"]} == {first.id, second.id}


def test_a_name_that_is_to_be_left_out_stands_in_no_quote(services, campaign):
    sandra = "My neighbour Sandra found no parking space at the entrance."
    one = held(services, campaign, sandra, "Please don't write down her name.", who="a")
    held(services, campaign, CAR, who="b")
    theme = theme_with(campaign, "parking space")
    quoted = [quote["text"] for quote in theme["quotes"]]
    assert "My neighbour … found no parking space at the entrance." in quoted
    rows = state.list_turns(one)
    assert all(row.quotable for row in rows)
    told = session_summary.get_session_summary(one, rows)
    assert "Sandra" not in f"{told.summary}{told.themes}{seen(campaign)}"


def test_every_quote_stands_where_it_says(services, ann):
    demo_campaign = _demonstration(services)
    quotes = [q for theme in seen(demo_campaign)["themes"] for q in theme["quotes"]]
    assert len(quotes) > 20
    for quote in quotes:
        turn = db.session.get(TurnRow, quote["turn_id"])
        assert turn.text[quote["start"] : quote["end"]] == quote["text"]
        assert (turn.interview_id, turn.number) == (quote["session_id"], quote["turn_number"])
        assert (turn.speaker, turn.question_id) == ("participant", quote["question_id"])


def test_the_demonstration_is_worth_reading(services, ann):
    told = seen(_demonstration(services))
    labels = [theme["label"] for theme in told["themes"]]
    assert {
        "the signs to the new entrance are small",
        "There was no parking space at all",
        "Nobody told us anything",
        "The doctor was kind but spoke very fast",
        "We waited for the letter with the results",
    } <= set(labels)
    assert all(len(label.split()) > 2 for label in labels)
    answers = " ".join(db.session.execute(select(TurnRow.text)).scalars())
    assert all(label in answers for label in labels)
    assert told["sessions"]["completed"] >= 8
    assert told["sessions"]["abandoned"] == 1
    stopped = {q["question_id"] for q in told["drop_off_by_question"] if q["stopped_here"]}
    assert stopped == {"conversation"}
    assert all(q["sentiment"]["answers"] for q in told["sentiment_by_question"])


def test_sessions_are_counted_by_status_and_questions_by_what_became_of_them(
    services, campaign
):
    with clock.freeze_at(NOON):
        held(
            services,
            campaign,
            "It was a long and rainy journey by bike.",
            who="gone",
            finish=False,
        )
        later = held(services, campaign, who="later", finish=False)
    with clock.freeze_at(NOON + timedelta(hours=20)):
        interviews.skip_question(later.invite, 2)
    with clock.freeze_at(NOON + timedelta(hours=25)):
        completion.abandon_stale_interviews()
        held(services, campaign, "The journey took me two hours by bus.", who="done")
    told = seen(campaign)
    by_status = {"completed": 1, "abandoned": 1, "in_progress": 1, "failed": 0}
    assert told["sessions"] == {**by_status, "ended_early": 1}
    assert (told["sessions_read"], told["is_capped"]) == (3, False)
    visit = told["drop_off_by_question"][0]
    assert (visit["question_id"], visit["reached"]) == ("visit", 3)
    assert (visit["answered"], visit["skipped"]) == (2, 1)
    assert sum(q["stopped_here"] for q in told["drop_off_by_question"]) == 1
    assert sum(q["ended_here"] for q in told["drop_off_by_question"]) == 1
    assert told["drop_off_by_question"][3]["not_asked"] == 1
    assert [q["question_id"] for q in told["sentiment_by_question"]] == [
        "visit", "waiting", "talk", "change",
    ]  # fmt: skip


def test_what_is_no_answer_is_not_counted_as_what_people_say(services, campaign):
    for who in "ab":
        held(
            services,
            campaign,
            "Why do you ask about the parking?",
            "I'd rather not say.",
            who=who,
        )
    told = seen(campaign)
    assert told["themes"] == []
    assert told["sentiment"] == {
        "score": None, "answers": 0,
        "labels": {"positive": 0, "neutral": 0, "negative": 0, "mixed": 0, "unsure": 0},
    }  # fmt: skip
    assert told["drop_off_by_question"][0]["skipped"] == 2


def test_test_sessions_are_left_out(services, campaign):
    held(services, campaign, BUS, who="a")
    invite = invites.create_invites(
        services.ring, campaign, [invites.Invitee("t@x.example")], send_email=False, test=True
    ).invites[0]
    interviews.start_interview(invite, agreed=True)
    interviews.answer_question(invite, 2, CAR)
    told = seen(campaign)
    assert (told["sessions_read"], told["themes"]) == (1, [])


@pytest.mark.parametrize("way", ["withdrawn", "erased"])
def test_who_is_gone_is_gone_at_once(services, ann, campaign, way):
    held(services, campaign, BUS, who="a")
    session = held(services, campaign, CAR, who="b", finish=False)
    assert PARKING in themes_of(campaign)
    if way == "withdrawn":
        erasure.withdraw_participant(services, session.invite)
    else:
        erasure.erase_session(services, ann.actor, session.id)
    told = seen(campaign)
    assert (told["sessions_read"], told["themes"]) == (1, [])
    assert "horrible" not in str(told)


def test_other_campaigns_of_the_same_people_are_not_in_it(services, ann, campaign):
    held(services, campaign, BUS, who="a")
    other = a_campaign(ann, script=access.get_script(ann.actor, campaign.script_id))
    held(services, other, CAR, who="a")
    assert themes_of(campaign) == {}


def test_no_more_than_the_newest_sessions_are_read_and_it_says_so(
    services, campaign, monkeypatch
):
    for day, who in enumerate("abc"):
        with clock.freeze_at(NOON + timedelta(days=day)):
            held(services, campaign, CAR if who == "a" else BUS, who=who)
    monkeypatch.setattr(campaign_insights, "MOST_SESSIONS", 2)
    told = seen(campaign)
    assert (told["sessions_read"], told["is_capped"]) == (2, True)
    assert "horrible" not in str(told)
    monkeypatch.setattr(campaign_insights, "MOST_SESSIONS", 3)
    assert seen(campaign)["is_capped"] is False


def test_no_more_than_so_many_characters_are_read(services, campaign, monkeypatch):
    for day, who in enumerate("ab"):
        with clock.freeze_at(NOON + timedelta(days=day)):
            held(services, campaign, BUS, who=who)
    monkeypatch.setattr(campaign_insights, "MOST_CHARACTERS", 10)
    told = seen(campaign)
    assert (told["sessions_read"], told["is_capped"], told["themes"]) == (1, True, [])


def test_statements_do_not_grow_with_sessions_and_turns(services, campaign, monkeypatch):
    monkeypatch.setattr(campaign_insights, "CHUNK", 3)
    held(services, campaign, BUS, who="x"), held(services, campaign, CAR, who="y")
    few = statements(lambda: seen(campaign))
    for n in range(8):
        held(services, campaign, BUS, CAR, "The nurse explained the plan.", who=str(n))
    assert statements(lambda: seen(campaign)) == few <= 6


def test_sessions_that_began_in_one_moment_are_each_read_once(services, campaign):
    with clock.freeze_at(NOON):
        for who in "abcd":
            held(services, campaign, BUS, who=who)
    assert set(themes_of(campaign).values()) == {4}


def test_a_session_that_begins_meanwhile_hides_no_other(services, campaign, monkeypatch):
    for day, who in enumerate("abc"):
        with clock.freeze_at(NOON + timedelta(days=day)):
            held(services, campaign, BUS, who=who)
    newest = campaign_insights._newest
    monkeypatch.setattr(
        campaign_insights, "_newest", lambda campaign_id: newest(campaign_id)[1:]
    )
    assert seen(campaign)["sessions_read"] == 2
    assert set(themes_of(campaign).values()) == {2}


def test_an_answer_that_is_owed_its_question_is_read_too(services, campaign, monkeypatch):
    held(services, campaign, BUS, who="a")
    invite, _ = an_invite(services, campaign, "b@x.example")
    interviews.start_interview(invite, agreed=True)
    monkeypatch.setattr(interviews.controller, "next_move", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        interviews.answer_question(invite, 2, CAR)
    assert themes_of(campaign)[PARKING] == 2


def test_the_shape_has_a_schema(services, campaign):
    held(services, campaign, BUS, who="a"), held(services, campaign, CAR, who="b")
    shape = TypeAdapter(representation.CampaignInsights)
    assert shape.dump_python(shape.validate_python(seen(campaign))) == seen(campaign)
    assert "drop_off_by_question" in shape.json_schema()["properties"]


def test_a_campaign_without_sessions_has_its_questions_and_nothing_else(campaign):
    told = seen(campaign)
    assert (told["sessions_read"], told["is_capped"], told["themes"]) == (0, False, [])
    assert [q["reached"] for q in told["drop_off_by_question"]] == [0, 0, 0, 0]


def test_a_session_has_a_summary_and_themes_of_its_own_words(services, campaign):
    session = held(
        services, campaign, BUS, "I waited forty minutes. The bus back home was late."
    )
    told = asdict(session_summary.get_session_summary(session, state.list_turns(session)))
    assert told["summary"].startswith(BUS)
    (bus,) = told["themes"]
    assert (bus["label"], bus["answers"], bus["mentions"]) == ("I took the bus", 2, 2)
    for quote in bus["quotes"]:
        turn = db.session.get(TurnRow, quote["turn_id"])
        assert turn.text[quote["start"] : quote["end"]] == quote["text"]


def test_a_session_in_which_nothing_was_told_has_neither(services, campaign):
    session = held(services, campaign, "I'd rather not say.")
    assert asdict(session_summary.get_session_summary(session, state.list_turns(session))) == {
        "summary": None,
        "themes": (),
    }


def test_what_was_corrected_is_no_finding(services, campaign):
    """Neither in the summary nor among themes and quotes, and the rest of that answer is."""
    said = "The fire drill took three weeks of planning. The bus was late every day."
    session = held(services, campaign, said, "Sorry, I meant two weeks of planning.")
    again = "A fire drill came first. The bus stood at the station."
    held(services, campaign, again, who="b")
    told = asdict(session_summary.get_session_summary(session, state.list_turns(session)))
    assert "three weeks" not in told["summary"]
    assert "The bus was late every day." in told["summary"]
    assert "three weeks" not in str(told["themes"])
    themes = seen(campaign)["themes"]
    assert not any("fire drill" in theme["label"] for theme in themes)
    (bus,) = (theme for theme in themes if "bus" in theme["label"])
    assert bus["sessions"] == 2
    assert [q["text"] for q in bus["quotes"] if q["session_id"] == session.id] == [
        "The bus was late every day."
    ]


def test_words_that_may_not_be_quoted_are_no_label(services, campaign):
    """They count, and another participant's words stand for them; alone they have no words."""
    quiet = held(services, campaign, BUS, who="a")
    with transaction():
        db.session.execute(
            update(TurnRow).where(TurnRow.interview_id == quiet.id).values(quotable=False)
        )
    held(services, campaign, CAR, who="b")
    theme = theme_with(campaign, "parking space")
    assert (theme["label"], theme["sessions"]) == (
        "The parking space was far from the entrance, which was horrible", 2,
    )  # fmt: skip
    with transaction():
        db.session.execute(update(TurnRow).values(quotable=False))
    assert set(themes_of(campaign)) == {"car", "parking"}
    assert not any(theme["quotes"] for theme in seen(campaign)["themes"])


def _demonstration(services):
    """The study that the demonstration puts into a database that has nobody in it."""
    made = select(Campaign).where(Campaign.name == "Outpatient clinic, autumn")
    study._study(services, "Alder Research", "demo.example", everybody=True)
    return db.session.execute(made).scalar_one()
