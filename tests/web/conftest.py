"""What the tests of the participant's page start from."""

import pytest

from interviewrelay.core import clock
from tests.factories import a_campaign, an_invite
from tests.web.http_participant import NOON, Participant


@pytest.fixture
def campaign(ann):
    return a_campaign(ann)


@pytest.fixture
def link(services, campaign):
    return f"/interview/{an_invite(services, campaign)[1]}"


@pytest.fixture
def send(client, link):
    """Send a plain form and follow where it leads."""

    def post(verb, status=303, query="", **fields):
        response = client.post(f"{link}/{verb}{query}", data=fields)
        assert response.status_code == status, response.text
        if status == 303:
            assert response.headers["Location"].partition("#")[0] == link
            return client.get(link).text
        return response.text

    return post


@pytest.fixture
def begun(send):
    return send("start", consent="true")


@pytest.fixture
def pat(client, services, campaign):
    with clock.freeze_at(NOON):
        return Participant(client, an_invite(services, campaign)[1])
