"""Scheduled backups: when they are made, by whom, where they go, and what happens if they fail."""

from datetime import UTC, datetime, time

import pytest
from sqlalchemy import select

from interviewrelay.backups import create
from interviewrelay.core.db.session import db
from interviewrelay.models import Mail, User
from interviewrelay.runtime import backup_schedule

TIMES = (time(3, 15), time(15, 15))
EVENING = "2027-01-05T20:00:00Z"


def on(day, hour, minute=0):
    return datetime(2027, 1, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "slot"),
    [
        (on(5, 3, 14), on(4, 15, 15)),
        (on(5, 3, 15), on(5, 3, 15)),
        (on(5, 20), on(5, 15, 15)),
        (on(5, 0), on(4, 15, 15)),
    ],
)
def test_the_newest_time_of_the_schedule(moment, slot):
    assert backup_schedule.find_latest_slot(TIMES, moment) == slot


@pytest.fixture
def work(old, tmp_path):
    """Runs the worker once, at a moment."""
    (tmp_path / "kept").mkdir()

    def run(at, **more):
        given = {
            "BACKUP_SCHEDULE": "15:15,03:15",
            "BACKUP_TARGET": str(tmp_path / "kept"),
            "IR_TESTING": "1",
            **more,
        }
        return old.run("worker", "--once", "--now", at, **given)

    return run


def made(folder):
    return sorted(path.name for path in folder.iterdir())


def test_one_is_made_for_each_time_and_the_oldest_are_deleted(work, tmp_path):
    kept = tmp_path / "kept"
    (kept / "letter.txt").touch()
    for at in (EVENING, "2027-01-05T23:59:00Z", "2027-01-06T03:14:59Z"):
        work(at, BACKUP_KEEP="2")
        assert made(kept) == ["interviewrelay-20270105T200000Z.tar", "letter.txt"]
    work("2027-01-06T03:15:00Z", BACKUP_KEEP="2")
    work("2027-01-06T15:16:00Z", BACKUP_KEEP="2")
    assert made(kept) == [
        "interviewrelay-20270106T031500Z.tar",
        "interviewrelay-20270106T151600Z.tar",
        "letter.txt",
    ]


def test_it_can_be_restored(work, old, place, tmp_path):
    work(EVENING)
    (name,) = made(tmp_path / "kept")
    again = place("again", empty=True)
    told = again.run(
        "restore", tmp_path / "kept" / name, SECRET_KEYS=old.keys.read_text().strip()
    )
    assert "Restored " in told
    for table in ("interview", "answer_recording", "campaign", "person"):
        query = f"SELECT count(*) FROM {table}"
        assert again.ask(query) == old.ask(query)


def test_without_a_schedule_and_while_sending_is_held_there_is_none(work, tmp_path):
    work(EVENING, HOLD_OUTGOING="1")
    work(EVENING, BACKUP_SCHEDULE="", BACKUP_TARGET="")
    assert made(tmp_path / "kept") == []


def test_by_default_it_goes_into_the_folder_of_backups(work, old):
    work(EVENING, BACKUP_TARGET="")
    assert made(old.folder / "backups") == ["interviewrelay-20270105T200000Z.tar"]


def test_a_failure_is_told_once_a_day_and_tried_again_after_an_hour(
    work, old, app_of, tmp_path
):
    (tmp_path / "kept").rmdir()
    for at in (EVENING, "2027-01-05T20:30:00Z", "2027-01-05T21:00:00Z"):
        work(at)
    with app_of(old):
        (mail,) = db.session.execute(select(Mail).where(Mail.kind == "backup")).scalars()
        admin = db.session.execute(select(User.email).where(User.system_admin)).scalar_one()
        assert mail.recipient == admin
        assert f"{tmp_path / 'kept'} does not exist" in mail.facts["sentence"]
        assert "There is none yet." in mail.facts["sentence"]
    (tmp_path / "kept").mkdir()
    work("2027-01-05T21:59:00Z")
    assert made(tmp_path / "kept") == []
    work("2027-01-05T22:00:00Z")
    assert made(tmp_path / "kept") == ["interviewrelay-20270105T220000Z.tar"]


def test_what_else_fails_is_told_as_well(work, old, app_of, monkeypatch):
    def full(*_given):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(create, "create_backup", full)
    work(EVENING)
    with app_of(old):
        (mail,) = db.session.execute(select(Mail).where(Mail.kind == "backup")).scalars()
        assert "cannot be used: No space left on device. " in mail.facts["sentence"]


def test_only_one_of_two_claims_it(old, app_of):
    with app_of(old):
        slot = backup_schedule.find_latest_slot(TIMES, datetime.now(UTC))
        assert [backup_schedule.claim_backup(slot) for _ in range(3)] == [True, False, False]
        backup_schedule.record_success(datetime.now(UTC))
        assert not backup_schedule.claim_backup(slot)
        assert not backup_schedule.is_overdue(TIMES)


def test_the_doctor_tells_when_the_last_one_is_too_old(work, old):
    given = {"BACKUP_SCHEDULE": "03:15", "BACKUP_TARGET": str(old.folder)}
    assert "FAIL scheduled backups\n     none has succeeded yet." in old.run(
        "doctor", status=1, **given
    )
    work("2026-01-01T04:00:00Z")
    told = old.run("doctor", status=1, **given)
    assert "the last one is from 2026-01-01T04:00:00Z. Check that the server is running" in told
    assert "off  scheduled backups: BACKUP_SCHEDULE is not set" in old.run("doctor")


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"BACKUP_SCHEDULE": "3:15"}, "BACKUP_SCHEDULE must be a time of day in UTC"),
        ({"BACKUP_SCHEDULE": "25:00"}, "BACKUP_SCHEDULE must be a time of day in UTC"),
        ({"BACKUP_TARGET": "/mnt"}, "BACKUP_TARGET requires BACKUP_SCHEDULE"),
        ({"BACKUP_SCHEDULE": "03:15", "BACKUP_TARGET": "mnt"}, "absolute path of a folder"),
        (
            {"BACKUP_SCHEDULE": "03:15", "BACKUP_TARGET": "s3://own-bucket/x"},
            "S3_ACCESS_KEY_ID",
        ),
        (
            {
                "BACKUP_SCHEDULE": "03:15",
                "BACKUP_TARGET": "s3://own-bucket/files/x",
                "STORAGE_URL": "s3://own-bucket/files",
                "S3_ACCESS_KEY_ID": "k",
                "S3_SECRET_ACCESS_KEY": "s",
            },
            "BACKUP_TARGET must be outside STORAGE_URL",
        ),
    ],
)
def test_settings_that_cannot_work_are_refused(place, given, why):
    assert why in place("new", empty=True).run("migrate", status=1, **given)
