"""Versions of scripts and the light list by the API."""

import pytest

from interviewrelay.scripts import scripts
from tests.factories import a_script


def test_a_version_is_read_and_restored(client, ann):
    script = a_script(ann)
    path = f"/api/scripts/{script.id}"
    before = client.get(path, headers=ann.auth).json
    client.patch(path, json={"name": "Other"}, headers=ann.auth)
    (listed,) = client.get(f"{path}/versions", headers=ann.auth).json["versions"]
    assert listed["version"] == 1
    version = client.get(f"{path}/versions/1", headers=ann.auth).json
    assert version["questions"] == before["questions"]
    assert version["name"] == before["name"]
    restored = client.post(f"{path}/versions/1/restore", headers=ann.auth).json
    assert restored["name"] == before["name"]


@pytest.mark.parametrize("number", ["0", "2", "-1", "one", "1.0", "٣", "9" * 10, "9" * 99])
def test_a_version_that_there_is_not_is_not_found(client, ann, number):
    path = f"/api/scripts/{a_script(ann).id}/versions/{number}"
    assert client.get(path, headers=ann.auth).status_code == 404
    assert client.post(f"{path}/restore", headers=ann.auth).status_code == 404


def test_the_light_list_is_the_list_without_documents(client, ann):
    a_script(ann)
    scripts.delete_script(a_script(ann))
    a_script(ann)
    for query in ("", "?status=published", "?status=draft", "?q=nothing", "?limit=1"):
        full = client.get(f"/api/scripts{query}", headers=ann.auth).json
        light = client.get(f"/api/script-summaries{query}", headers=ann.auth).json
        assert light["pagination"] == full["pagination"]
        for one, whole in zip(light["scripts"], full["scripts"], strict=True):
            assert one.items() <= whole.items()
            assert "questions" not in one
