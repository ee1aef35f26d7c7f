"""Scheduled backups into a bucket."""

from pathlib import Path

from tests.flows.server import Server
from tests.s3.bucket import S3Server
from tests.s3.test_served import environment

PREFIX = "backups/"


def names_in(bucket: S3Server) -> list[str]:
    found = bucket.client().list_objects_v2(Bucket="files", Prefix=PREFIX)
    return sorted(row["Key"] for row in found.get("Contents", []))


def test_the_newest_are_kept_there_and_can_be_restored(
    bucket: S3Server, tmp_path: Path
) -> None:
    server = Server(tmp_path / "one", **environment(bucket))
    server.command("demo")
    server.environment |= {
        "IR_TESTING": "1",
        "BACKUP_SCHEDULE": "03:15",
        "BACKUP_TARGET": "s3://files/backups",
        "BACKUP_KEEP": "2",
    }
    for day in (5, 6, 7):
        server.command("worker", "--once", "--now", f"2027-01-0{day}T04:00:00Z")
    kept = names_in(bucket)
    assert [key[len(PREFIX) :][15:23] for key in kept] == ["20270106", "20270107"]
    assert list((server.folder / "instance" / "backups").iterdir()) == []

    newest = bucket.client().get_object(Bucket="files", Key=kept[-1])["Body"].read()
    (tmp_path / "backup.tar").write_bytes(newest)
    again = Server(tmp_path / "again")
    assert "Restored " in again.command("restore", str(tmp_path / "backup.tar"))


def test_a_bucket_that_is_away_is_told_and_nothing_stays(
    bucket: S3Server, tmp_path: Path
) -> None:
    server = Server(tmp_path / "one", **environment(bucket))
    server.command("demo")
    server.environment |= {
        "BACKUP_SCHEDULE": "03:15",
        "BACKUP_TARGET": "s3://files/backups",
        "S3_ENDPOINT_URL": "http://127.0.0.1:9",
    }
    server.command("worker", "--once")
    assert list((server.folder / "instance" / "backups").iterdir()) == []
    told = server.command("doctor", status=1)
    assert "FAIL scheduled backups" in told
