"""Where the pages of a transcript end, for readers who turn them."""

import io
import re

import pypdf
import pytest

from interviewrelay.adapters.pdf.renderer import ChildPdfRenderer
from tests.adapters.pdf_samples import a_transcript

pytestmark = pytest.mark.gate  # each document is made by a process of its own

HEAD = re.compile(r"^(?:Interviewer|Maria Jansen)\s*\d\d:\d\d")
SENTENCE = "The nurse came at seven, and then nothing happened until four in the afternoon. "


def pages(texts: list[str]) -> list[list[str]]:
    """The lines of each page, without its footer."""
    made = ChildPdfRenderer().render(a_transcript(texts))
    found = []
    for page in pypdf.PdfReader(io.BytesIO(made)).pages:
        lines = [line.strip() for line in page.extract_text().splitlines() if line.strip()]
        foot = next(i for i, line in enumerate(lines) if re.search(r"Page \d+ of \d+", line))
        found.append(lines[foot + 1 :])
    return found


@pytest.mark.parametrize("shift", range(4))
def test_a_turn_of_a_few_lines_is_on_one_page(shift: int) -> None:
    lengths = [1, 2, 3, 5, 8, 13, 1, 14]
    texts = ["\n".join(["A line."] * lengths[(at + shift) % 8]) for at in range(48)]
    for page in pages(texts)[1:]:
        assert HEAD.match(page[0]), page[:3]


def test_a_long_turn_is_broken_with_company_on_both_sides() -> None:
    """Wherever it begins on a page: two lines of it stand before a break, and two behind."""
    lengths = [15 + at * 7 % 11 for at in range(120)]
    texts = ["\n".join([f"Of turn {at}."] * length) for at, length in enumerate(lengths)]
    found = pages(texts)
    parts = [[page.count(f"Of turn {at}.") for page in found] for at in range(120)]
    assert [sum(counts) for counts in parts] == lengths
    ends = [min(n for n in counts if n) for counts in parts if sum(map(bool, counts)) > 1]
    assert len(ends) > 20
    assert min(ends) == 2
    for page in found[1:]:
        assert not HEAD.match(page[-1]), "a name and a time without what was said"


def test_a_turn_of_many_pages_fills_them() -> None:
    found = pages(["Please tell me.", SENTENCE * 120])
    assert "".join("".join(page) for page in found).count("nurse") == 120
    assert all(len(page) > 20 for page in found[:-1])


def test_line_breaks_alone_make_no_pages() -> None:
    found = pages(["Please tell me.", "First." + "\n \r\n" * 500 + "Last."])
    assert len(found) == 1
    assert found[0][-2:] == ["First.", "Last."]
