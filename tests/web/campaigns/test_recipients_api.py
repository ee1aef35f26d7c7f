"""Recipients of a draft by JSON."""

import pytest

from tests.factories import a_campaign, mails_by_state


@pytest.fixture
def send(client, ann):
    campaign = a_campaign(ann, status="draft")

    def post(body, status=200):
        path = f"/api/campaigns/{campaign.id}/recipients"
        response = client.post(path, json=body, headers=ann.auth)
        assert response.status_code == status, response.text
        return response.json

    return post


def test_people_are_listed_once_and_bad_addresses_are_told(send):
    ada, nobody = {"email": "ada@x.example", "name": "Ada"}, {"email": "nobody"}
    wrong = {"failed": 1, "errors": [{"email": "nobody", "reason": "INVALID_ADDRESS"}]}
    assert send({"participants": [ada, nobody, ada]}) == {"total": 1, "added": 1, **wrong}
    assert send({"participants": [ada]}) == {
        "total": 1, "added": 0, "failed": 0, "errors": [],
    }  # fmt: skip
    assert mails_by_state() == {}


@pytest.mark.parametrize(
    "people", [None, [], [{"name": "Ada"}], [{"email": "a@x.example", "name": "A\nB"}]]
)
def test_what_is_no_list_of_people_is_refused(send, people):
    refusal = send({"participants": people}, 400)
    assert refusal["error"]["code"] == "INVALID_PARAMETER"
