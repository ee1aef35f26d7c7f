"""What every storage does."""

import stat
from pathlib import Path

import pytest

from interviewrelay.adapters.storage import FolderStorage


@pytest.fixture
def storage(tmp_path: Path) -> FolderStorage:
    return FolderStorage(tmp_path / "files")


def test_what_was_put_comes_back(storage: FolderStorage) -> None:
    storage.put("pdf/one.pdf", b"first")
    storage.put("pdf/one.pdf", b"second")
    assert storage.get("pdf/one.pdf") == b"second"


def test_nothing_comes_back_as_none(storage: FolderStorage) -> None:
    assert storage.get("pdf/none.pdf") is None


def test_deleting_twice_is_harmless(storage: FolderStorage) -> None:
    storage.put("a", b"x")
    storage.delete("a")
    storage.delete("a")
    assert storage.get("a") is None


def test_what_is_kept_can_be_listed(storage: FolderStorage) -> None:
    assert list(storage.names()) == []
    for name in ("pdf/two.pdf", "pdf/one.pdf", "a"):
        storage.put(name, b"x")
    storage.put("pdf/one.pdf", b"again")
    storage.delete("a")
    assert list(storage.names()) == ["pdf/one.pdf", "pdf/two.pdf"]


@pytest.mark.parametrize("name", ["../out", "/etc/passwd", "pdf/../../out", "", "."])
def test_a_name_cannot_leave_the_folder(storage: FolderStorage, name: str) -> None:
    with pytest.raises(ValueError, match="inside the folder"):
        storage.put(name, b"x")


def test_only_this_user_can_read_it(storage: FolderStorage, tmp_path: Path) -> None:
    storage.put("pdf/one.pdf", b"private")
    mode = (tmp_path / "files" / "pdf" / "one.pdf").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_a_write_that_fails_leaves_the_old_file(
    storage: FolderStorage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage.put("pdf/one.pdf", b"old")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        storage.put("pdf/one.pdf", b"new")
    assert storage.get("pdf/one.pdf") == b"old"
    assert [p.name for p in (tmp_path / "files" / "pdf").iterdir()] == ["one.pdf"]


def test_what_a_crash_left_half_written_is_not_listed(
    storage: FolderStorage, tmp_path: Path
) -> None:
    storage.put("pdf/one.pdf", b"whole")
    (tmp_path / "files" / "pdf" / ".one.pdf.0f3a").write_bytes(b"ha")
    assert list(storage.names()) == ["pdf/one.pdf"]
