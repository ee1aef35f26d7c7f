"""What the pages say to whoever has started `./run` and wants a study of their own."""

from types import SimpleNamespace

import pytest

from interviewrelay.accounts import accounts
from interviewrelay.core.db.session import db
from interviewrelay.dashboard import overview
from interviewrelay.demo import study
from interviewrelay.models import Membership
from interviewrelay.scripts import scripts
from interviewrelay.scripts.document import ScriptDocument
from tests.conftest import logged_in
from tests.factories import a_campaign, a_script

OWN = "This is a demo study"
SHOWN = "Open or copy the link below"


@pytest.fixture
def ada(app, services):
    """Who logs in with what `./run` has printed."""
    return SimpleNamespace(**study.create_demo_study(services))


def test_the_overview_leads_to_a_script_until_there_is_an_own_one(app, ada):
    actor, page = (
        accounts.build_actor(db.session.query(Membership).one()),
        logged_in(app, ada).get("/").text,
    )
    assert overview.get_overview(actor).demonstration
    assert page.partition(OWN)[2].count('class="button primary" href="/scripts/new"') == 1
    scripts.create_script(
        actor, ScriptDocument.model_validate({"name": "Mine", "questions": [{"text": "T?"}]})
    )
    assert not overview.get_overview(actor).demonstration


def test_an_organization_of_ones_own_is_no_demonstration(desk, ann):
    a_campaign(ann, script=a_script(ann))
    assert OWN not in desk.get("/").text


def test_who_invites_where_no_mail_leaves_is_told_where_the_link_is(desk, ann):
    campaign = a_campaign(ann)
    typed = {"addresses": "me@x.example", "send_email": "true"}
    page = desk.post(
        f"/campaigns/{campaign.id}/invites", data=typed, follow_redirects=True
    ).text
    assert f'<a href="#invites">{SHOWN}</a>' in page
