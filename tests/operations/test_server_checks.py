"""What the doctor sees of files, keys, mails, settings, disk and clock."""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text, update

from interviewrelay.adapters.storage.folder import FolderStorage
from interviewrelay.campaigns.invites import invites
from interviewrelay.core import clock
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import StorageUnreachable
from interviewrelay.core.ids import new_id
from interviewrelay.core.security.tokens import KeyRing
from interviewrelay.models import Consent, Delivery, Interview, Mail
from interviewrelay.operations import consistency_check, filesystem
from interviewrelay.operations.server_checks import LOOKS, CheckedServer
from interviewrelay.runtime import stored_files
from interviewrelay.webhooks import endpoints, events
from tests.conftest import SERVER
from tests.factories import a_campaign, a_finished_interview


@pytest.fixture
def server(app, services, ann):
    a_finished_interview(services, a_campaign(ann), "It took an hour.")
    return CheckedServer(services, replace(app.extensions["settings"], ir_testing=False))


def found(server):
    return {name: said for name, said in consistency_check.run_checks(server).items() if said}


def change(*statements):
    with transaction():
        for statement in statements:
            db.session.execute(statement)


def test_nothing_is_wrong_with_a_server_that_is_well(server):
    assert found(server) == {}


def test_an_interview_that_began_before_its_consent(server):
    change(update(Consent).values(agreed_at=clock.now() + timedelta(hours=1)))
    assert (
        "started without consent, or before it was given"
        in found(server)["no interview without consent"][0]
    )


def test_a_file_whose_session_is_gone_is_found_and_swept(server, services):
    held = db.session.execute(db.select(Interview.id)).scalar_one()
    gone = f"pdf/{new_id()}.pdf"
    for name in (gone, f"pdf/{held}.pdf", "notes/mine.txt"):
        services.storage.put(name, b"x")
    assert found(server)["no orphaned files"] == [
        f"{gone}: its interview was erased. The server removes the file within an hour",
        "notes/mine.txt: not an InterviewRelay file. Remove it",
    ]
    assert stored_files.delete_stray_files(services) == 1
    assert stored_files.delete_stray_files(services) == 0
    assert list(services.storage.list_names()) == ["notes/mine.txt", f"pdf/{held}.pdf"]


def test_a_folder_that_takes_no_file(server, tmp_path):
    (tmp_path / "blocked").write_text("a file where the folder should be")
    blocked = replace(server.services, storage=FolderStorage(tmp_path / "blocked"))
    said = list(LOOKS["file storage is writable"](replace(server, services=blocked)))
    assert said == ["File exists"]


def test_what_no_key_opens(server):
    other = replace(
        server.services, ring=KeyRing(["another key that has sealed nothing so far"])
    )
    assert found(replace(server, services=other))["encrypted data can be decrypted"] == [
        (
            "1 invite links: no key in SECRET_KEYS can decrypt them. Add the key they were encrypted "
            "with to the end of SECRET_KEYS"
        )
    ]


@pytest.mark.parametrize("state", Mail.ON_THE_WAY)
def test_mails_that_nobody_delivers(server, services, ann, state):
    people = [invites.Invitee("due@x.example")]
    invites.create_invites(services.ring, a_campaign(ann), people)
    assert "emails" not in found(server)
    change(update(Mail).values(next_at=clock.now() - timedelta(hours=2), state=state))
    assert found(server)["emails"][0].startswith("1 emails have been due since ")


@pytest.mark.parametrize("state", Delivery.ON_THE_WAY)
def test_webhooks_that_nobody_tells(server, services, ann, state):
    with transaction():
        wanted = endpoints.WebhookSettings("https://hooks.example/a", ("*",))
        webhook, _ = endpoints.add_webhook(services, ann.actor.org_id, wanted)
        events.emit_to(webhook, "webhook.ping", {})
    assert "webhook delivery" not in found(server)
    change(update(Delivery).values(next_at=clock.now() - timedelta(hours=2), state=state))
    told = found(server)["webhook delivery"]
    assert told[0].startswith("1 deliveries have been due since ")


def test_a_clock_that_was_set_back(server):
    change(update(Interview).values(last_at=clock.now() + timedelta(hours=2)))
    assert "Set the clock" in found(server)["system clock"][0]


def test_a_disk_that_is_nearly_full(server, monkeypatch):
    usage = shutil.disk_usage(server.settings.instance_dir)._replace(free=1_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    assert "1 MB are free" in found(server)["disk space"][0]


def test_a_key_that_everybody_can_read(server, tmp_path):
    path = tmp_path / "keys"
    path.write_text("x" * 40)
    path.chmod(0o644)
    open_to_all = replace(server, settings=replace(server.settings, secret_keys_at=path))
    assert found(open_to_all)["secrets are private"] == [
        f"{path} can be read by other users of this machine. Run chmod 600 on it"
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"host": "0.0.0.0"}, "Set BASE_URL"),
        ({"base_url": "http://talk.example"}, "Use https"),
        ({"base_url": "https://talk.example"}, "TRUSTED_PROXIES is 0"),
        ({"smtp_url": "smtp://mail"}, "MAIL_FROM is not"),
        (
            {"base_url": "https://t.example", "trusted_proxies": 1, "ir_testing": True},
            "for tests",
        ),
    ],
)
def test_settings_that_do_not_go_together(server, changes, words):
    odd = replace(server, settings=replace(server.settings, **changes))
    (said,) = found(odd)["settings are consistent"]
    assert words in said


def test_more_processes_than_sqlite_bears(server):
    crowded = replace(server, settings=replace(server.settings, processes=3))
    told = found(crowded).get("settings are consistent", [])
    assert [words[:14] for words in told] == ([] if SERVER else ["PROCESSES is 3"])


def test_a_database_that_is_not_sound(server):
    if SERVER:
        mark = "UPDATE pg_index SET indisvalid = {} WHERE indexrelid = 'ix_mail_state_next_at'::regclass"
        change(text(mark.format("false")))
        said = found(server)["database integrity"]
        change(text(mark.format("true")))
        assert said == [
            "the index ix_mail_state_next_at is not valid. Run REINDEX INDEX ix_mail_state_next_at"
        ]
    else:
        db.session.commit()
        driver = db.session.connection().connection.driver_connection
        driver.execute("ROLLBACK")
        driver.execute("PRAGMA foreign_keys = OFF")
        driver.execute("DELETE FROM script_version")
        driver.execute("PRAGMA foreign_keys = ON")
        driver.execute("BEGIN")
        assert "script_version" in found(server)["database integrity"][0]


TABLE = """22 1 8:1 / / rw,relatime - ext4 /dev/root rw
35 22 0:30 / /srv rw - nfs4 files:/srv rw
36 35 0:31 / /srv/with\\040blank rw - cifs //files/x rw
37 35 8:2 / /srv/disk rw shared:1 - xfs /dev/sdb rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/lib/x.db", None),
        ("/srv/x.db", "nfs4"),
        ("/srv/with blank/x.db", "cifs"),
        ("/srv/disk/x.db", None),
        ("/srvelse/x.db", None),
    ],
)
def test_a_file_system_that_machines_share_is_seen(tmp_path, path, kind):
    (tmp_path / "mountinfo").write_text(TABLE)
    assert filesystem.find_shared_filesystem(Path(path), tmp_path / "mountinfo") == kind
    assert filesystem.get_filesystem(Path(path), tmp_path / "nowhere") is None


def test_files_that_cannot_be_listed_are_told_beside_everything_else(server, monkeypatch):
    def away(_prefix=""):
        raise StorageUnreachable("the key was rejected")

    monkeypatch.setattr(server.services.storage, "list_names", away)
    assert found(server) == {
        "no orphaned files": ["files cannot be listed: the key was rejected"],
        "file storage is writable": ["the key was rejected"],
    }
