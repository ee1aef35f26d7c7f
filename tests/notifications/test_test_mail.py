"""A mail to whoever tries the mail out, and what came of it."""

import pytest

from interviewrelay.core.db.session import db
from interviewrelay.core.ports.mail import MailLater, MailRefused, MailServerAway
from interviewrelay.models import Mail
from interviewrelay.notifications import test_mail
from interviewrelay.organizations import profile


def test_it_goes_to_the_one_who_asks_as_participants_get_theirs(services, ann, mailer):
    profile.change_sender(ann.actor, profile.MailSender("Alder Research", "s@alder.example"))
    trial = test_mail.send_test_mail(services, ann.actor)
    assert (trial.to, trial.outcome, trial.said) == (ann.email, "sent", "")
    assert trial.ms >= 0
    (letter,) = mailer.letters
    assert (letter.to, letter.kind, letter.sender_name) == (ann.email, "test", "Alder Research")
    assert letter.reply_to == "s@alder.example"
    assert letter.facts["url"].endswith("/settings/mail")
    assert db.session.query(Mail).count() == 0  # nothing of it is kept


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (MailRefused("550 no such person"), "refused"),
        (MailServerAway("the email server could not be reached (OSError)"), "away"),
        (MailLater("451 come back later"), "later"),
    ],
)
def test_what_went_wrong_is_told_in_the_words_of_the_server(
    services, ann, mailer, fault, outcome
):
    mailer.fault = fault
    trial = test_mail.send_test_mail(services, ann.actor)
    assert (trial.outcome, trial.said) == (outcome, str(fault))
