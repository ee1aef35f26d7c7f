"""The participant's pages and mails in their language."""

import pytest

from interviewrelay.campaigns.invites import invites
from interviewrelay.core.db.session import transaction
from interviewrelay.interviews.participation import entry
from interviewrelay.mail import outbox, suppressions
from interviewrelay.notifications import mail_delivery
from tests.factories import a_campaign, a_script, an_invite


@pytest.fixture
def dutch(services, ann):
    script = a_script(ann, language="nl-BE", questions=[{"text": "Hoe was het?"}])
    _, token = an_invite(services, a_campaign(ann, script=script))
    return f"/interview/{token}"


def test_every_page_of_an_interview_is_in_its_language(client, dutch):
    def page(verb="", status=200, **form):
        if verb:
            posted = client.post(f"{dutch}/{verb}", data=form)
            if posted.status_code != 303:
                assert posted.status_code == status
                return posted.text
        return client.get(dutch, headers={"Accept-Language": "fr"}).text

    first = page()
    assert '<html lang="nl" dir="ltr"' in first
    assert "<bdi>Alder</bdi> hoort graag van u." in first
    assert "Een automatische interviewer" in first
    question = page("start", consent="true")
    assert "Antwoord versturen" in question
    assert 'data-say-saved="Opgeslagen"' in question
    assert "Schrijf een antwoord" in page("turns", 400, number="2", text=" ")
    assert "Uw antwoord is 10001 tekens lang" in page(
        "turns", 400, number="2", text="x" * 10_001
    )
    assert "gepauzeerd" in page("pause")
    page("resume")
    assert "Hoe vond u dit interview?" in page("complete")
    assert "Kies een score van 1 tot 5." in page("feedback", 400)
    assert "Heel goed" in page("feedback", rating="5")
    assert "Alles is verwijderd" in page("withdraw")
    assert "U hebt uw deelname ingetrokken" in page("start", 410, consent="true")


def test_who_starts_in_another_language_reads_the_page_in_it(client, dutch):
    sent = {"consent": True, "language": "es"}
    client.post(f"{dutch}/start", json=sent, headers={"Accept": "application/json"})
    assert "Enviar respuesta" in client.get(dutch).text


@pytest.mark.parametrize(
    ("asked", "language", "title"),
    [
        ("ar,en;q=0.5", "ar", "هذا الرابط لا يعمل"),
        ("de-AT", "de", "Dieser Link funktioniert nicht"),
        ("tlh", "en", "This link doesn’t work"),
        ("", "en", "This link doesn’t work"),
    ],
)
def test_behind_a_link_that_leads_nowhere_the_browser_is_asked(client, asked, language, title):
    page = client.get("/interview/inv_x", headers={"Accept-Language": asked})
    assert page.status_code == 404
    assert f'<html lang="{language}"' in page.text
    assert f">{title}</h1>" in page.text


def test_a_study_that_is_not_open_says_so_in_its_language(client, dutch, services, ann):
    invites.cancel_invite(entry.get_visit(services, dutch.rsplit("/", 1)[1]).invite)
    page = client.get(dutch)
    assert page.status_code == 410
    assert "Deze uitnodiging is ingetrokken" in page.text


def test_the_desk_stays_in_english(desk):
    page = desk.get("/nowhere", headers={"Accept-Language": "nl"})
    assert '<html lang="en"' in page.text


def test_programs_read_refusals_in_english(client, dutch):
    refused = client.post(f"{dutch}/turns", json={}, headers={"Accept": "application/json"})
    assert refused.json["error"]["message"].isascii()


def test_the_page_to_stop_mails_asks_in_the_browsers_language(client, services, ann):
    token = suppressions.build_token(services.ring, ann.actor.org_id, "pat@x.example")
    page = client.get(f"/interview/unsubscribe/{token}", headers={"Accept-Language": "fr"})
    assert "Ne plus recevoir d’e-mails" in page.text


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("nl", "Herinnering van Alder: "),
        ("ar", "تذكير من Alder: "),
        ("pl", "Reminder from Alder: "),
    ],
)
def test_a_mail_is_in_the_language_of_its_campaign(services, ann, mailer, language, subject):
    script = a_script(ann, language=language)
    invite, _ = an_invite(services, a_campaign(ann, script=script))
    with transaction():
        outbox.enqueue_mail(invite, "reminder")
    mail_delivery.deliver_due_mails(services)
    letter = mailer.letters[-1]
    assert letter.subject.startswith(subject)
    assert letter.language == (language if language != "pl" else "en")
