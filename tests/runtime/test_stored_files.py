"""Files beside the database: none outlives its session, and a move loses nothing."""

import os
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from interviewrelay.adapters.storage.folder import FolderStorage
from interviewrelay.core import clock
from interviewrelay.core.db.session import db
from interviewrelay.core.errors import StorageUnreachable
from interviewrelay.models import Interview
from interviewrelay.privacy import erasure
from interviewrelay.runtime import stored_files
from interviewrelay.transcripts import transcripts
from tests.factories import a_campaign, an_interview
from tests.fakes import FakeStorage


@pytest.fixture
def storage() -> FakeStorage:
    return FakeStorage()


@pytest.fixture
def services(app, storage):
    """One whose files are in memory."""
    return replace(app.extensions["services"], storage=storage)


@pytest.fixture
def held(services, ann):
    return an_interview(services, a_campaign(ann), email="pat@x.example")


def away() -> StorageUnreachable:
    return StorageUnreachable("the storage server does not respond")


def test_a_pdf_is_made_while_files_are_away_and_kept_once_they_are_back(
    services, held, storage
):
    storage.fault = away()
    made = transcripts.render_pdf(services, held)
    assert transcripts.render_pdf(services, held) == made
    storage.fault = None
    transcripts.render_pdf(services, held)
    assert list(storage.list_names()) == [stored_files.get_pdf_name(held.id)]


def test_a_pdf_that_cannot_be_kept_is_handed_out(services, held, storage, monkeypatch):
    def full(_name, _content):
        raise away()

    monkeypatch.setattr(storage, "put", full)
    assert transcripts.render_pdf(services, held).startswith(b"%PDF")
    assert storage.files == {}


def test_what_could_not_be_erased_because_files_were_away_is_swept(
    services, held, storage, ann
):
    transcripts.render_pdf(services, held)
    storage.fault = away()
    done = erasure.erase_person(services, ann.actor, "pat@x.example")
    assert (done.sessions, done.files) == (1, 0)
    assert db.session.execute(select(Interview)).all() == []
    storage.fault = None
    assert len(storage.files) == 1
    assert stored_files.delete_stray_files(services) == 1
    assert storage.files == {}


def test_the_sweep_leaves_what_belongs_to_somebody_and_what_it_does_not_know(
    services, held, storage
):
    transcripts.render_pdf(services, held)
    storage.put("recordings/x", b"1")
    storage.put("pdf/0-not-a-session.pdf", b"1")
    assert stored_files.delete_stray_files(services) == 1
    assert list(storage.list_names()) == [stored_files.get_pdf_name(held.id), "recordings/x"]


def test_the_sweep_removes_halves_that_nobody_goes_on_with(services, tmp_path):
    services = replace(services, storage=FolderStorage(tmp_path / "files"))
    folder = tmp_path / "files" / "pdf"
    folder.mkdir(parents=True)
    old, fresh = (folder / f".{name}.pdf.{uuid4().hex}" for name in "ab")
    for half in (old, fresh):
        half.write_bytes(b"half of what somebody said")
    past = (clock.now() - stored_files.SETTLES - timedelta(seconds=1)).timestamp()
    os.utime(old, (past, past))
    assert stored_files.delete_stray_files(services) == 1
    assert list(folder.iterdir()) == [fresh]


def test_a_place_that_works_is_told_from_one_that_does_not(storage, monkeypatch):
    assert stored_files.check_storage(storage) == []
    assert storage.files == {}
    monkeypatch.setattr(storage, "delete", lambda _name: None)
    assert stored_files.check_storage(storage) == ["a test file was deleted, but still exists"]
    monkeypatch.setattr(storage, "get", lambda _name: b"something else")
    assert "a test file was written, but cannot be read" in stored_files.check_storage(storage)
    storage.fault = away()
    assert stored_files.check_storage(storage) == ["the storage server does not respond"]


@pytest.fixture
def folder(tmp_path, held):
    """A place with three files of somebody and one of nobody."""
    made = FolderStorage(tmp_path / "old")
    made.put(stored_files.get_pdf_name(held.id), b"pdf")
    made.put(stored_files.get_pdf_name("erased"), b"of nobody")
    made.put("recordings/a", b"a" * 100)
    made.put("recordings/b", b"b" * 100)
    return made


def test_moving_copies_what_belongs_to_somebody_and_leaves_the_source(folder, storage, held):
    moved = stored_files.move_files(folder, storage)
    assert (moved.copied, moved.bytes, moved.there, moved.ownerless) == (3, 203, 0, 1)
    assert list(storage.list_names()) == [
        stored_files.get_pdf_name(held.id),
        "recordings/a",
        "recordings/b",
    ]
    assert len(list(folder.list_names())) == 4


def test_moving_again_copies_only_what_is_missing_or_differs(folder, storage):
    stored_files.move_files(folder, storage)
    storage.delete("recordings/a")
    storage.put("recordings/b", b"B" * 100)
    again = stored_files.move_files(folder, storage)
    assert (again.copied, again.there) == (2, 1)
    assert storage.get("recordings/b") == b"b" * 100
    assert stored_files.move_files(folder, storage).copied == 0


def test_a_move_that_breaks_off_is_taken_up_where_it_was(folder, storage, monkeypatch):
    put = storage.put

    def breaks(name, content):
        if name.endswith("b"):
            raise away()
        put(name, content)

    monkeypatch.setattr(storage, "put", breaks)
    with pytest.raises(StorageUnreachable):
        stored_files.move_files(folder, storage, delete=True)
    assert list(folder.list_names()) == ["recordings/b"]
    monkeypatch.setattr(storage, "put", put)
    assert stored_files.move_files(folder, storage, delete=True).copied == 1
    assert list(folder.list_names()) == []
    assert len(storage.files) == 3


def test_what_did_not_arrive_as_it_left_is_not_deleted(folder, storage, monkeypatch):
    monkeypatch.setattr(storage, "get", lambda _name: b"x" * 100)
    monkeypatch.setattr(storage, "size", lambda _name: 100)
    with pytest.raises(StorageUnreachable) as told:
        stored_files.move_files(folder, storage, delete=True)
    assert "was not copied correctly" in told.value.why
    assert len(list(folder.list_names())) == 4


def test_the_place_in_use_has_the_newer_file(folder, storage):
    storage.put("recordings/a", b"newer")
    moved = stored_files.move_files(folder, storage, target_in_use=True, delete=True)
    assert (moved.copied, moved.there, moved.deleted) == (2, 1, 4)
    assert storage.get("recordings/a") == b"newer"
    assert list(folder.list_names()) == []
