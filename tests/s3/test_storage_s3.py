"""The storage behind S3 keeps the contract, and says what is wrong when the other side does not."""

import json
import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from interviewrelay.adapters.http.circuit_breaker import REST_SECONDS, CircuitBreaker
from interviewrelay.adapters.storage.s3 import S3Storage
from interviewrelay.core.db.session import transaction
from interviewrelay.core.errors import StorageUnreachable
from interviewrelay.core.observability import logging_setup
from interviewrelay.core.ports.storage import CHUNK, Storage
from interviewrelay.runtime import stored_files
from tests.contracts.storages import StorageContract
from tests.s3.bucket import Line, S3Server
from tests.s3.conftest import Make, settings_for

NOBODY = "http://127.0.0.1:9"  # the port of nothing


class TestS3(StorageContract):
    @pytest.fixture
    def away(self, make: Make) -> Storage:
        return make(s3_endpoint_url=NOBODY)


def test_files_lie_in_the_folder_that_the_place_names(
    storage: S3Storage, bucket: S3Server, place: str
) -> None:
    storage.put("pdf/one.pdf", b"content")
    key = f"{place.removeprefix('s3://files/')}/pdf/one.pdf"
    assert bucket.client().get_object(Bucket="files", Key=key)["Body"].read() == b"content"


def test_another_folder_of_the_bucket_is_not_seen(make: Make, place: str) -> None:
    make().put("a", b"1")
    assert make(f"{place}-2").get("a") is None
    assert list(make(f"{place}-2").list_names()) == []
    assert "a" not in list(make("s3://files").list_names())


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"s3_access_key_id": "AKIAUNKNOWN"}, "the key was rejected"),
        ({"s3_secret_access_key": "wrong"}, "the key was rejected"),
        ({"s3_endpoint_url": NOBODY}, "the storage server does not respond"),
    ],
)
def test_what_is_wrong_is_said_without_a_secret(
    make: Make, changes: dict[str, str], why: str, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = make(**changes)
    assert [told[: len(why)] for told in stored_files.check_storage(wrong)] == [why]
    for act in (lambda: wrong.get("a"), lambda: list(wrong.list_names())):
        with pytest.raises(StorageUnreachable, match="can’t be accessed") as told:
            act()
        assert told.value.why.startswith(why) or told.value.why.startswith(
            "the key lacks permissions"
        )
        assert "wrong" not in str(told.value)
    assert "AKIAUNKNOWN" not in caplog.text
    lines = [
        json.loads(logging_setup.JsonFormatter().format(record)) for record in caplog.records
    ]
    said = [line["reason"] for line in lines if line["event"] == "file_storage_unavailable"]
    assert why in [words[: len(why)] for words in said]


def test_a_bucket_that_is_not_there_is_no_missing_file(make: Make) -> None:
    for act in (
        lambda nowhere: nowhere.put("a", b"1"),
        lambda nowhere: nowhere.get("a"),
        lambda nowhere: nowhere.size("a"),
        lambda nowhere: nowhere.read("a", 0, 1),
        lambda nowhere: nowhere.delete("a"),
        lambda nowhere: list(nowhere.list_names()),
    ):
        with pytest.raises(StorageUnreachable) as told:
            act(make("s3://no-such-bucket/x"))
        assert told.value.why.startswith("the bucket does not exist")


def test_a_line_that_is_cut_in_the_middle_of_a_file_leaves_the_old_one(
    make: Make, bucket: S3Server
) -> None:
    make().put("recording", b"old")
    for content in (b"x" * CHUNK, iter([b"x" * CHUNK, b"y" * CHUNK])):
        line = Line(bucket.port, cut_after=CHUNK // 2)
        with pytest.raises(StorageUnreachable):
            make(s3_endpoint_url=line.address).put("recording", content)
        assert line.connections > 1, "it was not tried again"
        line.close()
        assert make().get("recording") == b"old"


def test_a_server_that_is_silent_is_waited_for_so_long_and_no_longer(
    bucket: S3Server, place: str
) -> None:
    line = Line(bucket.port, cut_after=0, dead=True)
    silent = S3Storage(settings_for(bucket, s3_endpoint_url=line.address), place, seconds=1)
    for act in (lambda: silent.get("a"), lambda: silent.put("a", b"1")):
        with pytest.raises(StorageUnreachable) as told:
            act()
        assert told.value.why == "the storage server does not respond"
    line.close()


def test_who_fails_too_often_is_left_alone_for_a_minute(bucket: S3Server, place: str) -> None:
    now = [0.0]
    line = Line(bucket.port, cut_after=0)
    cut = S3Storage(
        settings_for(bucket, s3_endpoint_url=line.address),
        place,
        breaker=CircuitBreaker(lambda: now[0]),
    )
    for _ in range(3):
        with pytest.raises(StorageUnreachable):
            cut.get("a")
    reached = line.connections
    with pytest.raises(StorageUnreachable) as told:
        cut.get("a")
    assert "next attempt in one minute" in told.value.why
    assert line.connections == reached
    line._left = 1 << 30  # it is mended
    now[0] = REST_SECONDS
    assert cut.get("a") is None
    assert cut.get("a") is None
    line.close()


def test_pieces_that_break_off_in_the_trial_do_not_end_the_place_for_good(
    bucket: S3Server, place: str
) -> None:
    now = [0.0]
    breaker = CircuitBreaker(lambda: now[0])
    kept = S3Storage(settings_for(bucket), place, breaker=breaker)
    for _ in range(3):
        breaker.record_result(well=False)
    now[0] = REST_SECONDS

    def pieces() -> Iterator[bytes]:
        raise ZeroDivisionError
        yield b""

    with pytest.raises(ZeroDivisionError):
        kept.put("a", pieces())
    assert kept.get("a") is None


def test_a_server_that_is_killed_in_the_middle_of_a_file_has_none_of_it(tmp_path: Path) -> None:
    server = S3Server(tmp_path).start()
    try:
        kept = S3Storage(settings_for(server), "s3://files/x")

        def pieces() -> Iterator[bytes]:
            yield b"x" * CHUNK
            yield b"x" * CHUNK
            server.kill9()
            yield b"x" * CHUNK

        with pytest.raises(StorageUnreachable) as told:
            kept.put("recording", pieces())
        assert told.value.why == "the storage server does not respond"
        server.start()
        back = S3Storage(settings_for(server), "s3://files/x")
        assert back.get("recording") is None
        back.put("recording", b"whole")
        assert back.get("recording") == b"whole"
    finally:
        server.kill9()


def test_a_large_file_is_never_held_whole(storage: S3Storage) -> None:
    """In a process that has read and written as much before: what grows is what is held."""
    piece = os.urandom(CHUNK)

    def round_trip(pieces: int) -> None:
        storage.put("large", (piece for _ in range(pieces)))
        for number in range(pieces):
            got = storage.read("large", number * CHUNK, (number + 1) * CHUNK)
            assert got == piece

    round_trip(2)
    before = _most_memory()
    round_trip(20)
    assert _most_memory() - before < 6 * CHUNK


def _most_memory() -> int:
    """The most that this process has held so far, in bytes."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) * 1024
    raise AssertionError("no VmHWM")


def test_many_threads_share_it(storage: S3Storage) -> None:
    def there_and_back(number: int) -> bytes | None:
        storage.put(f"t/{number}", str(number).encode())
        return storage.get(f"t/{number}")

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(there_and_back, range(80))) == [
            str(number).encode() for number in range(80)
        ]


def test_a_child_of_a_process_that_has_used_it_is_told_so_rather_than_wait_for_ever(
    storage: S3Storage,
) -> None:
    storage.put("parent", b"1")
    child = os.fork()
    if child == 0:
        try:
            storage.get("parent")
        except RuntimeError:
            os._exit(7)
        os._exit(1)
    watch = threading.Timer(120, os.kill, (child, 9))
    watch.start()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    watch.cancel()


def test_it_is_not_asked_within_a_transaction(app: object, storage: S3Storage) -> None:
    with transaction(), pytest.raises(RuntimeError, match="do not call external services"):
        storage.get("a")


def test_the_environment_of_other_programs_is_not_listened_to(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "AWS_ENDPOINT_URL": NOBODY,
        "AWS_ENDPOINT_URL_S3": NOBODY,
        "AWS_ACCESS_KEY_ID": "another",
        "AWS_SECRET_ACCESS_KEY": "another",
        "AWS_SESSION_TOKEN": "another",
        "AWS_REGION": "eu-central-1",
        "AWS_VIRTUAL_HOSTED_STYLE_REQUEST": "true",
        "AWS_SKIP_SIGNATURE": "true",
        "AWS_S3_EXPRESS": "true",
    }.items():
        monkeypatch.setenv(name, value)
    listening = make()
    listening.put("a", b"1")
    assert listening.get("a") == b"1"
