"""What everything does that tells closeness in meaning, and what the real model must not do."""

import math
import shutil
import threading
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from interviewrelay.adapters.language_models import sentence_embeddings
from interviewrelay.adapters.language_models.sentence_embeddings import MiniLm
from interviewrelay.core.config.parsers import SettingsError
from interviewrelay.core.config.settings import Settings
from tests.fakes import FakeSimilarity

SAID = "We waited for eleven weeks before anybody called."
TEXTS = [
    "How long did you have to wait?",
    "What did you have for lunch?",
    "How long did it take?",
]


@pytest.fixture(params=["fake", "real"])
def any_meaning(request: Any, meaning: MiniLm) -> Any:
    fake = FakeSimilarity(lambda _said, text: 0.6 if "long" in text else 0.1)
    return fake if request.param == "fake" else meaning


def test_there_is_a_cosine_for_each_text_in_order(any_meaning: Any) -> None:
    told = any_meaning.similarities(SAID, TEXTS)
    assert len(told) == len(TEXTS)
    assert all(-1.001 <= value <= 1.001 for value in told)
    assert told[0] > told[1] < told[2]
    assert any_meaning.similarities(SAID, []) == []


def test_it_has_a_name_and_languages(any_meaning: Any) -> None:
    assert any_meaning.name
    assert "en" in any_meaning.languages


def test_the_figures_are_those_that_the_interviewer_was_tuned_on(meaning: MiniLm) -> None:
    assert meaning.similarities(SAID, TEXTS) == pytest.approx([0.552, 0.118, 0.383], abs=0.01)
    assert meaning.similarities(SAID, [SAID]) == pytest.approx([1.0], abs=0.001)


@pytest.mark.parametrize(
    "said",
    ["", " ", "\x00", "\U0001f600" * 50, "مرحبا كيف الحال", "x" * 10_000, "word " * 2_000],
)
def test_any_text_has_a_closeness(meaning: MiniLm, said: str) -> None:
    told = meaning.similarities(said, TEXTS)
    assert told is not None
    assert all(math.isfinite(value) for value in told)


def test_of_an_answer_of_the_longest_kind_only_the_beginning_is_read(meaning: MiniLm) -> None:
    beginning = "word " * sentence_embeddings.LONGEST
    assert meaning.similarities(f"{beginning}{SAID}", TEXTS) == meaning.similarities(
        beginning, TEXTS
    )


def test_threads_may_ask_at_once_and_get_what_one_would(meaning: MiniLm) -> None:
    alone = {n: meaning.similarities(f"{SAID} {n}", TEXTS) for n in range(8)}
    fresh = sentence_embeddings.load_model(Settings(Path(), semantic="on"))
    assert fresh is not None
    together: dict[int, Any] = {}

    def ask(number: int) -> None:
        together[number] = fresh.similarities(f"{SAID} {number}", TEXTS)

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == alone


def test_nothing_that_was_said_is_kept(meaning: MiniLm) -> None:
    meaning.similarities("", TEXTS)
    before = meaning._of_author.cache_info()
    meaning.similarities("A sentence that nobody has ever said before.", TEXTS)
    after = meaning._of_author.cache_info()
    assert (after.hits, after.misses) == (before.hits + len(TEXTS), before.misses)
    assert after.currsize == before.currsize


def test_the_files_may_lie_in_a_folder_and_must_be_the_right_ones(tmp_path: Path) -> None:
    for name, (package, place) in sentence_embeddings.PACKAGED.items():
        spec = find_spec(package)
        assert spec is not None
        assert spec.submodule_search_locations is not None
        shutil.copy(Path(spec.submodule_search_locations[0], place), tmp_path / name)
    given = Settings(Path(), semantic_model_dir=str(tmp_path))
    assert sentence_embeddings.load_model(given) is not None
    with (tmp_path / sentence_embeddings.MODEL).open("r+b") as file:
        file.seek(1_000_000)
        file.write(b"\x01\x02\x03")
    with pytest.raises(SettingsError, match="not the file that this version expects"):
        sentence_embeddings.load_model(given)
