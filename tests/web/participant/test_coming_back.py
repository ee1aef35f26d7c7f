"""Who comes back to a question that waited is greeted, and told where they were."""

import re
from datetime import timedelta

import pytest

from interviewrelay.core import clock
from interviewrelay.interviews import state
from tests.factories import a_campaign, a_script, an_invite
from tests.web.everything import everything
from tests.web.http_participant import NOON, SAID

LATE = state.IDLE_PAUSE + timedelta(seconds=1)
LAST = "Please tell me about your last visit."


def greeting(page):
    found = re.search(r'<p class="back" id="back">(.*?)</p>', page, re.DOTALL)
    return re.sub(r"<[^>]+>|\s+", " ", found[1]).split() if found else None


def told(*parts):
    return " ".join(parts).split()


@pytest.fixture
def link(services, campaign):
    with clock.freeze_at(NOON):
        return f"/interview/{an_invite(services, campaign)[1]}"


@pytest.fixture
def at(client, link):
    """What somebody with the link sees or sends so long after noon."""

    def go(verb="", later=timedelta(), **fields):
        with clock.freeze_at(NOON + later):
            if verb:
                client.post(f"{link}/{verb}", data=fields)
            return client.get(link).text

    go("start", consent="true")
    return go


def test_after_a_long_silence_the_link_leads_back_with_a_greeting(at):
    at("turns", number="2", text=SAID)
    page = at(later=LATE)
    assert greeting(page) == told("Welcome back. The last question you answered:", LAST)
    assert 'name="number" value="4"' in page
    assert page.index('id="back"') < page.index('id="question"') < page.index("<textarea")
    assert 'aria-describedby="back question"' in page


def test_nobody_is_greeted_who_was_not_away(at):
    at("turns", number="2", text=SAID)
    assert greeting(at()) is None
    assert greeting(at(later=state.IDLE_PAUSE)) is None
    assert greeting(at("turns", LATE, number="4", text="Forty minutes.")) is None


def test_before_the_first_answer_there_is_only_the_greeting(at):
    assert greeting(at(later=LATE)) == told("Welcome back.")


def test_a_pause_that_was_pressed_ends_with_the_greeting(at):
    at("turns", number="2", text=SAID)
    assert greeting(at("pause", timedelta(minutes=1))) is None
    page = at("resume", timedelta(minutes=2))
    assert greeting(page) == told("Welcome back. The last question you answered:", LAST)
    assert greeting(at(later=timedelta(minutes=3))) is not None  # until they answer
    assert greeting(at("turns", timedelta(minutes=4), number="4", text="An hour.")) is None


def test_what_was_skipped_was_not_answered(at):
    at("turns", number="2", text=SAID)
    for number in ("4", "6", "8"):
        at("skip", number=number)
    assert LAST in " ".join(greeting(at(later=LATE)))


def test_a_refusal_is_told_without_a_greeting(client, link, at):
    with clock.freeze_at(NOON + LATE):
        page = client.post(f"{link}/turns", data={"number": "2", "text": "x" * 10_001}).text
    assert "Please shorten it to 10,000" in page
    assert greeting(page) is None


def test_looking_when_one_comes_back_changes_nothing(at):
    at("turns", number="2", text=SAID)
    before = everything()
    at(later=LATE)
    assert everything() == before


@pytest.mark.parametrize(
    ("language", "back", "recap"),
    [
        ("en", "Welcome back.", "The last question you answered:"),
        ("de", "Willkommen zurück.", "Diese Frage haben Sie zuletzt beantwortet:"),
        ("fr", "Bonjour à nouveau.", "La dernière question à laquelle vous avez répondu :"),
        ("es", "Hola de nuevo.", "La última pregunta que respondió:"),
        ("ar", "مرحبًا بعودتك.", "آخر سؤال أجبت عنه:"),
    ],
)
def test_the_greeting_is_in_the_language_of_the_page(
    client, services, ann, language, back, recap
):
    script = a_script(ann, language=language, questions=[{"text": "?!"}, {"text": "!?"}])
    with clock.freeze_at(NOON):
        _, token = an_invite(services, a_campaign(ann, script=script))
        link = f"/interview/{token}"
        client.post(f"{link}/start", data={"consent": "true"})
        client.post(f"{link}/turns", data={"number": "2", "text": SAID})
    with clock.freeze_at(NOON + LATE):
        page = client.get(link).text
    assert greeting(page) == told(back, recap, "?!")
    assert f'<q dir="auto" lang="{language}">?!</q>' in page


def test_the_page_is_silent_for_as_long_as_the_server_counts(at):
    page = at()
    seconds = dict(re.findall(r'data-(nudge|rest|away)="(\d+)"', page))
    assert seconds == {"nudge": "90", "rest": "300", "away": "900"}
    assert timedelta(seconds=int(seconds["away"])) == state.IDLE_PAUSE
