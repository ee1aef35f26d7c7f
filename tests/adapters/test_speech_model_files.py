"""Files of speech models: found, joined, and never used when they are not the expected ones."""

import hashlib
import os
import sys
import time
from pathlib import Path

import pytest

from interviewrelay.adapters.speech import model_files
from interviewrelay.adapters.speech.model_files import ModelFile
from interviewrelay.core.ports.speech import SpeechUnavailable

PARTS = [b"first " * 300_000, b"second"]
WHOLE = b"".join(PARTS)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModelFile:
    packages = tmp_path / "packages"
    for number, content in enumerate(PARTS):
        (packages / f"model_of_test_{number}").mkdir(parents=True)
        (packages / f"model_of_test_{number}" / "part.bin").write_bytes(content)
        (packages / f"model_of_test_{number}" / "__init__.py").write_text("raise SystemExit")
    monkeypatch.setattr(sys, "path", [str(packages), *sys.path])
    parts = tuple((f"model_of_test_{number}", "part.bin") for number in range(2))
    return ModelFile("model.bin", parts, hashlib.sha256(WHOLE).hexdigest())


def test_the_parts_of_packages_are_one_file_and_no_code_of_them_runs(
    file: ModelFile, tmp_path: Path
) -> None:
    (found,) = model_files.find_files([file], "") or []
    assert found.read() == WHOLE
    with model_files.join_files([found], tmp_path) as folder:
        assert (folder / "model.bin").read_bytes() == WHOLE
    assert not folder.exists()


def test_a_folder_of_the_operator_comes_first(file: ModelFile, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (found,) = model_files.find_files([file], str(own)) or []
    assert len(found.paths) == 2  # what the folder lacks, the packages have
    (own / "model.bin").write_bytes(WHOLE)
    (found,) = model_files.find_files([file], str(own)) or []
    assert found.paths == (own / "model.bin",)
    assert found.read() == WHOLE


def test_a_part_that_is_missing_is_no_model(file: ModelFile, tmp_path: Path) -> None:
    (tmp_path / "packages" / "model_of_test_1" / "part.bin").unlink()
    assert model_files.find_files([file], "") is None
    gone = ModelFile("model.bin", (("no_such_package_of_test", "part.bin"),), "")
    assert model_files.find_files([gone], "") is None


def test_another_file_is_refused(file: ModelFile, tmp_path: Path) -> None:
    (tmp_path / "packages" / "model_of_test_1" / "part.bin").write_bytes(b"changed")
    (found,) = model_files.find_files([file], "") or []
    with pytest.raises(SpeechUnavailable, match=r"not the file .* Install it again"):
        found.read()
    with pytest.raises(SpeechUnavailable), model_files.join_files([found], tmp_path):
        pass
    assert list(tmp_path.glob(f"{model_files.JOINED}*")) == []


def test_what_cannot_be_read_or_joined_is_told(file: ModelFile, tmp_path: Path) -> None:
    (found,) = model_files.find_files([file], "") or []
    with (
        pytest.raises(SpeechUnavailable, match="no place"),
        model_files.join_files([found], tmp_path / "none"),
    ):
        pass
    found.paths[0].unlink()
    with pytest.raises(SpeechUnavailable, match="cannot be read: No such file"):
        found.read()


def test_what_a_killed_process_has_left_is_removed(file: ModelFile, tmp_path: Path) -> None:
    old, new = (tmp_path / f"{model_files.JOINED}{name}" for name in ("old", "new"))
    for folder in (old, new):
        folder.mkdir()
    long_ago = time.time() - 2 * model_files.LEFT_SECONDS
    os.utime(old, (long_ago, long_ago))
    (found,) = model_files.find_files([file], "") or []
    with model_files.join_files([found], tmp_path):
        assert not old.exists()
        assert new.exists()
