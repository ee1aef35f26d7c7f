"""Search over passages."""

import pytest

from interviewrelay.documentation.search_index import LONGEST_QUERY, Entry, SearchIndex

INDEX = SearchIndex(
    [
        Entry(
            "/a", "Backups", "Back up", "The command copies the database while the server runs"
        ),
        Entry("/b", "Backups", "Restore", "Give the file to restore it and the server starts"),
        Entry("/c", "Webhooks", "Signatures", "Compare the signature of every webhook"),
        Entry("/d", "Settings", "BASE_URL", "All links start with it"),
    ]
)


@pytest.mark.parametrize(
    ("query", "url"),
    [
        ("restore", "/b"),
        ("restoring files", "/b"),
        ("signat", "/c"),
        ("signatrue", "/c"),
        ("base_url", "/d"),
        ("how do I restore", "/b"),
    ],
)
def test_the_best_passage_is_first(query: str, url: str) -> None:
    assert INDEX.search(query)[0].url == url


def test_what_matches_is_marked() -> None:
    hit = INDEX.search("webhook")[0]
    assert [word for word, matches in hit.excerpt if matches] == ["webhook"]


@pytest.mark.parametrize("query", ["", "   ", "zzzzqq", "\0", "%_*\"'", "💡", "x" * 10_000])
def test_what_is_not_there_finds_nothing(query: str) -> None:
    assert INDEX.search(query) == []


def test_a_long_query_is_cut() -> None:
    assert INDEX.search("restore " * LONGEST_QUERY)[0].url == "/b"
