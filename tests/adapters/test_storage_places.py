"""Which storage the settings make, and what is said when it cannot be had."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from interviewrelay.adapters.storage import folder, s3
from interviewrelay.adapters.storage.folder import FolderStorage
from interviewrelay.core.config.settings import Settings, SettingsError

KEYS = {"s3_access_key_id": "AKIA", "s3_secret_access_key": "hush"}


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is not installed."""
    monkeypatch.setattr(
        s3, "find_spec", lambda name: None if name == "obstore" else find_spec(name)
    )


def test_without_a_setting_files_lie_in_the_instance_folder(tmp_path: Path) -> None:
    made = folder.open_storage(Settings(tmp_path), "")
    assert isinstance(made, FolderStorage)
    made.put("a", b"1")
    assert (tmp_path / "files" / "a").read_bytes() == b"1"


def test_who_asks_for_a_bucket_is_told_how_to_get_the_extra(bare: None) -> None:
    with pytest.raises(SettingsError, match="requirements-s3.lock"):
        folder.open_storage(Settings(Path(), **KEYS), "s3://bucket")


def test_a_bucket_needs_a_key() -> None:
    with pytest.raises(SettingsError, match="S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY"):
        folder.open_storage(Settings(Path()), "s3://bucket")


def test_no_secret_is_in_what_settings_look_like() -> None:
    shown = repr(Settings(Path(), **KEYS))
    assert "AKIA" not in shown
    assert "hush" not in shown


@pytest.mark.gate
def test_the_library_is_not_loaded_where_nobody_asks_for_it() -> None:
    looked = "import sys, interviewrelay.factory; sys.exit('obstore' in sys.modules)"
    assert subprocess.run([sys.executable, "-P", "-c", looked], check=False).returncode == 0
