"""The folder and the fake keep the contract; and what only a folder can do wrong."""

import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from interviewrelay.adapters.storage.folder import FolderStorage
from interviewrelay.core.errors import StorageUnreachable
from interviewrelay.core.ports.storage import Storage
from tests.contracts.storages import StorageContract
from tests.fakes import FakeStorage


class TestFake(StorageContract):
    @pytest.fixture
    def storage(self) -> Storage:
        return FakeStorage()

    @pytest.fixture
    def away(self) -> Storage:
        made = FakeStorage()
        made.fault = StorageUnreachable("it is away")
        return made


class TestFolder(StorageContract):
    @pytest.fixture
    def storage(self, tmp_path: Path) -> Storage:
        return FolderStorage(tmp_path / "files")

    @pytest.fixture
    def away(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Storage:
        """A folder on a disk that answers nothing but errors."""

        def fails(*_: object, **__: object) -> None:
            raise OSError(5, "Input/output error")

        made = FolderStorage(tmp_path / "files")
        for name in ("mkdir", "open", "unlink", "rglob"):
            monkeypatch.setattr(Path, name, fails)
        return made

    def test_only_this_user_can_read_it(self, storage: Storage, tmp_path: Path) -> None:
        storage.put("pdf/one.pdf", b"private")
        folder = tmp_path / "files" / "pdf"
        assert stat.S_IMODE((folder / "one.pdf").stat().st_mode) == 0o600
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700

    def test_a_write_that_fails_leaves_the_old_file(
        self, storage: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        storage.put("pdf/one.pdf", b"old")

        def full(_handle: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(StorageUnreachable) as told:
            storage.put("pdf/one.pdf", b"new")
        assert told.value.why == "No space left on device"
        assert storage.get("pdf/one.pdf") == b"old"
        assert [p.name for p in (tmp_path / "files" / "pdf").iterdir()] == ["one.pdf"]

    def test_what_a_crash_left_half_written_has_no_name(
        self, storage: Storage, tmp_path: Path
    ) -> None:
        storage.put("pdf/one.pdf", b"whole")
        (tmp_path / "files" / "pdf" / ".two.pdf.0123").write_bytes(b"ha")
        assert list(storage.list_names()) == ["pdf/one.pdf"]

    def test_a_half_is_removed_once_nobody_goes_on_with_it(
        self, storage: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def killed(_part: Path, _path: Path) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as crash:
            crash.setattr(Path, "replace", killed)
            crash.setattr(Path, "unlink", lambda *_given, **_more: None)
            with pytest.raises(KeyboardInterrupt):
                storage.put("pdf/one.pdf", b"private")
        folder = tmp_path / "files" / "pdf"
        (folder / ".mine").write_text("no half of ours")
        (half,) = (path for path in folder.iterdir() if path.name != ".mine")
        written = datetime.fromtimestamp(half.stat().st_mtime, UTC)
        assert storage.remove_partial_files(written - timedelta(seconds=1)) == 0
        assert storage.remove_partial_files(written + timedelta(seconds=1)) == 1
        assert [path.name for path in folder.iterdir()] == [".mine"]
