"""Fenced code says its language, and why it isn't run if it isn't."""

from pathlib import Path

import pytest

from tests.docs import samples


@pytest.mark.parametrize("path", samples.PAGES, ids=lambda path: path.stem)
def test_every_fence_is_clear(path: Path) -> None:
    list(samples.list_samples(path))


@pytest.mark.parametrize("info", ["sh norun", 'sh norun=""', "sh norun=later", "sh run"])
def test_an_unclear_fence_is_refused(
    info: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(samples, "ROOT", tmp_path)
    (tmp_path / "page.md").write_text(f"```{info}\ntrue\n```\n")
    with pytest.raises(ValueError, match=r"page\.md:1"):
        list(samples.list_samples(tmp_path / "page.md"))
