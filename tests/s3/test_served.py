"""A served instance of two processes whose files are in a bucket, and the commands beside it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.flows.server import Server, demonstration
from tests.s3.bucket import REGION, S3Server

PLACE = "s3://files/served"


def environment(bucket: S3Server) -> dict[str, str]:
    return {
        "S3_ENDPOINT_URL": bucket.address,
        "S3_REGION": REGION,
        "S3_ACCESS_KEY_ID": bucket.key,
        "S3_SECRET_ACCESS_KEY": bucket.secret,
    }


def keys_in(bucket: S3Server) -> list[str]:
    found = bucket.client().list_objects_v2(Bucket="files", Prefix="served/")
    return [row["Key"] for row in found.get("Contents", [])]


@pytest.fixture
def served(
    template: str, tmp_path: Path, bucket: S3Server
) -> Iterator[tuple[Server, dict[str, Any]]]:
    with demonstration(template, tmp_path, PROCESSES="2", **environment(bucket)) as made:
        yield made
    for key in keys_in(bucket):
        bucket.client().delete_object(Bucket="files", Key=key)


def test_files_are_moved_served_from_the_bucket_and_erased_there(
    served: tuple[Server, dict[str, Any]], bucket: S3Server
) -> None:
    server, fixtures = served
    study = fixtures["A"]
    key, listed = (
        study["key_owner"],
        server.call("GET", "/api/sessions", key=study["key_owner"]),
    )
    one, other = [row["id"] for row in listed.json["sessions"] if row["status"] == "completed"][
        :2
    ]
    folder = server.folder / "instance" / "files"

    before = server.call("GET", f"/api/sessions/{one}/pdf", key=key)
    assert before.status == 200
    assert keys_in(bucket) == []
    held = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    assert f"pdf/{one}.pdf" in held
    assert any(name.startswith("recordings/") for name in held)
    assert server.command("files", "move", "--to", PLACE).startswith(
        f"Files copied and verified: {len(held)} ("
    )
    assert keys_in(bucket) == [f"served/{name}" for name in held]

    server.environment["STORAGE_URL"] = PLACE
    server.term()
    server.start()
    assert "ok   file storage is writable" in server.command("doctor")
    moved = server.command("files", "move", "--to", PLACE, "--delete")
    assert moved.startswith(
        f"Files copied and verified: 0 (0 bytes), already there: {len(held)}"
    )
    assert [path for path in folder.rglob("*") if path.is_file()] == []

    for _ in range(8):  # whichever of the processes answers
        assert server.call("GET", f"/api/sessions/{one}/pdf", key=key).body == before.body
    assert server.call("GET", f"/api/sessions/{other}/pdf", key=key).status == 200
    both = keys_in(bucket)
    assert both == sorted(f"served/{name}" for name in (*held, f"pdf/{other}.pdf"))

    gone = server.call("DELETE", f"/api/sessions/{one}", key=key, Idempotency_Key="once")
    left = keys_in(bucket)
    assert (gone.status, gone.json["erased"]["files"]) == (200, len(both) - len(left))
    assert f"served/pdf/{one}.pdf" not in left
    again = server.call("DELETE", f"/api/sessions/{one}", key=key, Idempotency_Key="once")
    assert (again.status, again.json) == (200, gone.json)  # done once
    assert keys_in(bucket) == left
    assert f"served/pdf/{other}.pdf" in left


def test_a_bucket_that_is_away_keeps_nobody_from_starting_or_from_a_pdf(
    served: tuple[Server, dict[str, Any]],
) -> None:
    server, fixtures = served
    server.environment |= {"STORAGE_URL": PLACE, "S3_ENDPOINT_URL": "http://127.0.0.1:9"}
    server.term()
    server.start()
    study = fixtures["A"]
    listed = server.call("GET", "/api/sessions", key=study["key_owner"])
    one = listed.json["sessions"][0]["id"]
    made = server.call("GET", f"/api/sessions/{one}/pdf", key=study["key_owner"])
    assert made.body.startswith(b"%PDF")
    with pytest.raises(AssertionError):
        server.command("doctor")


def test_a_move_that_cannot_reach_the_other_place_says_why(
    served: tuple[Server, dict[str, Any]],
) -> None:
    server, fixtures = served
    study = fixtures["A"]
    listed = server.call("GET", "/api/sessions", key=study["key_owner"])
    server.call(
        "GET", f"/api/sessions/{listed.json['sessions'][0]['id']}/pdf", key=study["key_owner"]
    )
    server.environment["S3_SECRET_ACCESS_KEY"] = "wrong"
    with pytest.raises(AssertionError, match="the key lacks permissions|the key was rejected"):
        server.command("files", "move", "--to", PLACE)
