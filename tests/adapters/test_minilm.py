"""When closeness in meaning can be told, and what is said when it was asked for and cannot."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from interviewrelay.adapters.language_models import sentence_embeddings
from interviewrelay.adapters.language_models.sentence_embeddings import MiniLm
from interviewrelay.core.config.parsers import SettingsError
from interviewrelay.core.config.settings import Settings, read_settings


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Packages with files that are not the right ones, and the folder that holds them."""

    class Spec:
        submodule_search_locations = [str(tmp_path)]

    monkeypatch.setattr(sentence_embeddings, "find_spec", lambda _name: Spec())
    for _, place in sentence_embeddings.PACKAGED.values():
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_bytes(b"something else")
    return tmp_path


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the extra is installed."""
    known = {
        *sentence_embeddings.LIBRARIES,
        *(package for package, _ in sentence_embeddings.PACKAGED.values()),
    }
    monkeypatch.setattr(
        sentence_embeddings,
        "find_spec",
        lambda name: None if name in known else find_spec(name),
    )


def of(**given: Any) -> MiniLm | None:
    return sentence_embeddings.load_model(Settings(Path(), **given))


def test_without_the_extra_everything_is_as_it_was(bare: None) -> None:
    assert of() is None
    assert of(semantic="off", semantic_model_dir="/nowhere") is None


@pytest.mark.parametrize("given", [{"semantic": "on"}, {"semantic_model_dir": "/nowhere"}])
def test_who_asks_for_it_is_told_how_to_get_it(bare: None, given: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match="requirements-semantic.lock"):
        of(**given)


@pytest.mark.parametrize("semantic", ["auto", "on"])
def test_a_file_that_was_changed_stops_the_start(installed: Path, semantic: str) -> None:
    with pytest.raises(SettingsError, match="not the file that this version expects") as told:
        of(semantic=semantic)
    assert str(installed) in str(told.value)
    assert "SEMANTIC=off" in str(told.value)
    assert of(semantic="off") is None


def test_a_folder_without_the_files_stops_the_start(installed: Path) -> None:
    with pytest.raises(SettingsError, match="model.onnx cannot be read: No such file"):
        of(semantic_model_dir=str(installed / "empty"))


def test_a_model_that_cannot_be_loaded_is_done_without(installed: Path) -> None:
    broken = MiniLm(installed / "nothing.onnx", installed / "nothing.json")
    assert broken.similarities("I waited.", ["How long did you wait?"]) is None


@pytest.mark.parametrize(("given", "meant"), [("ON", "on"), ("off", "off"), ("", "auto")])
def test_the_setting_is_one_of_three(tmp_path: Path, given: str, meant: str) -> None:
    assert read_settings({"INSTANCE_DIR": str(tmp_path), "SEMANTIC": given}).semantic == meant
    with pytest.raises(SettingsError, match="SEMANTIC must be auto, off or on"):
        read_settings({"INSTANCE_DIR": str(tmp_path), "SEMANTIC": "yes"})
