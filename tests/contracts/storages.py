"""What every storage does, the fake too. The one behind S3 is held to it in tests/s3."""

import os
from collections.abc import Iterator

import pytest

from interviewrelay.core.errors import StorageUnreachable
from interviewrelay.core.ports.storage import CHUNK, Storage


class StorageContract:
    """The classes below it give the fixture `storage`."""

    def test_what_was_put_comes_back(self, storage: Storage) -> None:
        storage.put("pdf/one.pdf", b"first")
        storage.put("pdf/one.pdf", b"second")
        assert storage.get("pdf/one.pdf") == b"second"
        assert storage.size("pdf/one.pdf") == 6

    def test_what_is_not_there_is_none(self, storage: Storage) -> None:
        assert storage.get("pdf/none.pdf") is None
        assert storage.size("pdf/none.pdf") is None
        assert storage.read("pdf/none.pdf", 0, 1) is None

    def test_a_file_may_be_empty(self, storage: Storage) -> None:
        storage.put("empty", b"")
        storage.put("of/nothing", iter(()))
        for name in ("empty", "of/nothing"):
            assert storage.get(name) == b""
            assert storage.size(name) == 0
            assert storage.read(name, 0, 1) == b""

    def test_deleting_twice_is_harmless(self, storage: Storage) -> None:
        storage.put("a", b"x")
        storage.delete("a")
        storage.delete("a")
        assert storage.get("a") is None

    @pytest.mark.parametrize(
        "name",
        ["../out", "/etc/passwd", "pdf/../../out", "", ".", "pdf/", "a//b", ".hidden", "a b", "a\n", "é",
         "a\\b", "a%2e", "x" * 256],
    )  # fmt: skip
    def test_a_name_that_is_not_ours_is_refused(self, storage: Storage, name: str) -> None:
        for act in (
            lambda: storage.put(name, b"x"),
            lambda: storage.get(name),
            lambda: storage.size(name),
            lambda: storage.read(name, 0, 1),
            lambda: storage.delete(name),
        ):
            with pytest.raises(ValueError, match="not a valid name of a stored file"):
                act()

    @pytest.mark.parametrize(
        ("start", "end", "found"),
        [(0, 1, b"0"), (3, 6, b"345"), (8, 99, b"89"), (10, 11, b""), (50, 60, b"")],
    )
    def test_a_range_is_read(
        self, storage: Storage, start: int, end: int, found: bytes
    ) -> None:
        storage.put("digits", b"0123456789")
        assert storage.read("digits", start, end) == found

    @pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 1)])
    def test_a_range_of_nothing_is_refused(
        self, storage: Storage, start: int, end: int
    ) -> None:
        with pytest.raises(ValueError, match="range"):
            storage.read("digits", start, end)

    def test_a_large_file_comes_in_pieces(self, storage: Storage) -> None:
        pieces = [os.urandom(CHUNK), os.urandom(CHUNK), os.urandom(17)]
        storage.put("large", iter(pieces))
        assert storage.size("large") == 2 * CHUNK + 17
        assert storage.read("large", CHUNK - 5, CHUNK + 5) == pieces[0][-5:] + pieces[1][:5]
        assert storage.read("large", 2 * CHUNK, 3 * CHUNK) == pieces[2]

    @pytest.mark.parametrize("before", [None, b"old"])
    def test_pieces_that_break_off_leave_what_was_there(
        self, storage: Storage, before: bytes | None
    ) -> None:
        if before is not None:
            storage.put("recording", before)

        def pieces() -> Iterator[bytes]:
            yield b"x" * CHUNK
            yield b"x" * CHUNK
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            storage.put("recording", pieces())
        assert storage.get("recording") == before
        assert list(storage.list_names()) == ([] if before is None else ["recording"])

    def test_names_are_sorted_and_narrowed(self, storage: Storage) -> None:
        for name in ("b", "a-b/x", "a/y", "a/x", "abc", "A"):
            storage.put(name, b"1")
        assert list(storage.list_names()) == ["A", "a-b/x", "a/x", "a/y", "abc", "b"]
        assert list(storage.list_names("a/")) == ["a/x", "a/y"]
        assert list(storage.list_names("a")) == ["a-b/x", "a/x", "a/y", "abc"]
        assert list(storage.list_names("none/")) == []

    def test_more_names_than_a_page_holds_are_all_told(self, storage: Storage) -> None:
        for number in range(1_005):
            storage.put(f"many/{number:04}", b"")
        assert list(storage.list_names("many/")) == [
            f"many/{number:04}" for number in range(1_005)
        ]

    def test_what_is_away_is_said_to_be(self, away: Storage) -> None:
        for act in (
            lambda: away.put("a", b"x"),
            lambda: away.get("a"),
            lambda: away.size("a"),
            lambda: away.read("a", 0, 1),
            lambda: away.delete("a"),
            lambda: list(away.list_names()),
        ):
            with pytest.raises(StorageUnreachable) as told:
                act()
            assert told.value.why
            assert told.value.status == 503
