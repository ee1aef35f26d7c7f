"""PyAV in a process of its own: the contract, what browsers record, and files made to do harm."""

import json
import os
import random
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from interviewrelay.adapters import child_process
from interviewrelay.adapters.audio import codec_children
from interviewrelay.adapters.audio.pyav_codec import CODEC, VIDEO, PyAvCodec
from interviewrelay.core.errors import (
    AudioTooLong,
    InvalidAudio,
    Maintenance,
    UnsupportedMediaType,
)
from interviewrelay.core.ports.audio import RecordingFormat, Sound
from tests.audio.samples import filmed, recorded, repeated
from tests.contracts.audio_codecs import AudioCodecContract, a_tone, loudness

MINUTES_15 = 900.0
BROWSERS = [("webm", "libopus"), ("ogg", "libopus"), ("mp4", "aac"), ("mp4", "libopus")]


@pytest.fixture(scope="module")
def pyav() -> Iterator[PyAvCodec]:
    made = PyAvCodec()
    yield made
    made.close()


class TestPyAvCodec(AudioCodecContract):
    @pytest.fixture
    def codec(self, pyav: PyAvCodec) -> PyAvCodec:
        return pyav


@pytest.mark.parametrize(("container", "codec"), BROWSERS)
def test_what_browsers_record_is_read(pyav: PyAvCodec, container: str, codec: str) -> None:
    read = pyav.decode(recorded(3, container, codec), limit_seconds=MINUTES_15)
    assert read.seconds == pytest.approx(3, abs=0.05)
    assert loudness(read) == pytest.approx(loudness(a_tone(1)), rel=0.1)


@pytest.mark.parametrize("container", ["webm", "ogg"])
def test_a_recording_may_break_off_anywhere(pyav: PyAvCodec, container: str) -> None:
    whole = recorded(4, container)
    for part in (0.3, 0.5, 0.77, 0.999):
        read = pyav.decode(whole[: int(len(whole) * part)], limit_seconds=MINUTES_15)
        assert 4 * part - 1.2 < read.seconds < 4 * part + 0.3


@pytest.mark.parametrize(("container", "codec"), BROWSERS)
@pytest.mark.parametrize("length", [12, 40, 100])
def test_a_head_alone_is_broken(
    pyav: PyAvCodec, container: str, codec: str, length: int
) -> None:
    with pytest.raises(InvalidAudio):
        pyav.decode(recorded(1, container, codec)[:length], limit_seconds=MINUTES_15)


@pytest.mark.parametrize("head", [b"OggS", b"\x1a\x45\xdf\xa3", b"\0\0\0\x18ftypM4A "])
@pytest.mark.parametrize("rest", [bytes(5000), b"file:///etc/passwd\n" * 200, b"\xff" * 5000])
def test_garbage_under_a_good_name_is_broken(pyav: PyAvCodec, head: bytes, rest: bytes) -> None:
    with pytest.raises(InvalidAudio):
        pyav.decode(head + rest, limit_seconds=MINUTES_15)


@pytest.mark.parametrize(
    ("container", "codec"), [("webm", "libvpx"), ("mp4", "mpeg4"), ("ogg", "libvpx")]
)
@pytest.mark.parametrize("sound", [True, False])
def test_films_are_refused(pyav: PyAvCodec, container: str, codec: str, *, sound: bool) -> None:
    with pytest.raises(UnsupportedMediaType) as caught:
        pyav.decode(filmed(container, codec, sound=sound), limit_seconds=MINUTES_15)
    assert caught.value.message == VIDEO


def test_unusual_codecs_are_refused(pyav: PyAvCodec) -> None:
    with pytest.raises(UnsupportedMediaType) as caught:
        pyav.decode(recorded(1, "mp4", "ac3"), limit_seconds=MINUTES_15)
    assert caught.value.message == CODEC


@pytest.mark.parametrize("container", ["ogg", "webm"])
def test_eight_hours_in_25_mb_stop_at_the_limit(
    pyav: PyAvCodec, container: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = repeated(8, container)
    monkeypatch.setattr(pyav._uploads, "_warm", True)
    before = _peak_mib(os.getpid())
    with pytest.raises(AudioTooLong, match="15 minutes"):
        pyav.decode(content, limit_seconds=MINUTES_15)
    assert _peak_mib(pyav._uploads._idle[0].pid) < 60 + 2 * len(content) / 2**20
    assert _peak_mib(os.getpid()) < before + 40  # what arrived of the 15 minutes
    pyav._uploads.close()


def test_mutated_files_end_no_server(pyav: PyAvCodec) -> None:
    """Deterministic fuzzing: each is read or refused, the child stays small."""
    choice = random.Random(4)
    originals = [recorded(1, *kind) for kind in BROWSERS]
    refused = 0
    for number in range(200):
        content = bytearray(originals[number % len(originals)])
        for _ in range(choice.choice((1, 4, 30))):
            content[choice.randrange(8, min(len(content), choice.choice((200, 20_000))))] = (
                choice.randrange(256)
            )
        try:
            assert pyav.decode(bytes(content), limit_seconds=MINUTES_15).seconds < 900
        except (InvalidAudio, AudioTooLong, UnsupportedMediaType):
            refused += 1
    assert 10 < refused < 190
    assert all(_peak_mib(child.pid) < 120 for child in pyav._quick._idle)


def test_a_warm_child_does_not_grow(pyav: PyAvCodec) -> None:
    content = recorded(1)
    for _ in range(20):
        pyav.decode(content, limit_seconds=10)
    child = pyav._quick._idle[-1]
    before = _peak_mib(child.pid)
    for _ in range(60):
        pyav.encode([a_tone(1)], "ogg")
        pyav.decode(content, limit_seconds=10)
    assert pyav._quick._idle[-1] is child
    assert _peak_mib(child.pid) < before + 5


@pytest.mark.parametrize("form", ["ogg", "mp3", "wav"])
@pytest.mark.parametrize("rate", [8000, 16_000, 22_050, 24_000, 44_100, 48_000])
@pytest.mark.parametrize("seconds", [0.3, 2.501, 61.234])
def test_recordings_are_as_long_as_their_sounds(
    pyav: PyAvCodec, form: RecordingFormat, rate: int, seconds: float, tmp_path: Path
) -> None:
    half = a_tone(seconds / 2, rate)
    file = tmp_path / f"made.{form}"
    file.write_bytes(pyav.encode(iter((half, half)), form))
    length = 2 * half.seconds
    asked = ("ffprobe", "-v", "error", "-of", "json", "-show_format", "-show_streams", file)
    told = json.loads(subprocess.run(asked, capture_output=True, check=True).stdout)
    assert float(told["format"]["duration"]) == pytest.approx(length, abs=0.05)
    assert told["streams"][0]["channels"] == 1
    heard = ("ffmpeg", "-v", "error", "-i", file, "-f", "s16le", "-ar", "16000", "-")
    samples = subprocess.run(heard, capture_output=True, check=True).stdout
    assert Sound(samples).seconds == pytest.approx(length, abs=0.05)
    assert loudness(Sound(samples)) == pytest.approx(loudness(half), rel=0.1)
    if form != "mp3":
        assert pyav.decode(file.read_bytes(), limit_seconds=90).seconds == pytest.approx(
            length, abs=0.05
        )


def test_the_same_sound_is_the_same_file(pyav: PyAvCodec) -> None:
    for form in pyav.formats:
        assert pyav.encode([a_tone(1)], form) == pyav.encode([a_tone(1)], form)


@pytest.mark.parametrize("form", ["ogg", "mp3", "wav"])
def test_no_sound_is_a_file_nonetheless(pyav: PyAvCodec, form: RecordingFormat) -> None:
    assert pyav.encode([], form)


def test_sounds_of_several_rates_are_a_mistake(pyav: PyAvCodec) -> None:
    with pytest.raises(ValueError, match="same rate"):
        pyav.encode([a_tone(1, 16_000), a_tone(1, 24_000)], "ogg")
    assert pyav.encode([a_tone(1)], "ogg")  # by another child


def test_urgent_work_waits_for_no_recording(pyav: PyAvCodec) -> None:
    """Two hours are encoded, from clips that are decoded meanwhile, as a recording is built."""
    clip, large, go_on = recorded(10), recorded(210), threading.Event()
    assert len(large) > 1 << 20

    def sounds() -> Iterator[Sound]:
        yield from (a_tone(30) for _ in range(3))
        yield pyav.decode(large, limit_seconds=MINUTES_15)
        go_on.wait()

    made: list[bytes] = []
    thread = threading.Thread(target=lambda: made.append(pyav.encode(sounds(), "mp3")))
    thread.start()
    try:
        for _ in range(5):
            pyav.decode(clip, limit_seconds=MINUTES_15)
            pyav.encode([a_tone(1)], "ogg")
        assert not made
    finally:
        go_on.set()
        thread.join()
    assert len(made[0]) == pytest.approx(300 * 8000, rel=0.01)


def test_a_child_that_was_killed_is_replaced(pyav: PyAvCodec) -> None:
    content = recorded(1)
    pyav.decode(content, limit_seconds=10)
    for child in pyav._quick._idle:
        os.kill(child.pid, signal.SIGKILL)
    assert pyav.decode(content, limit_seconds=10).seconds == pytest.approx(1, abs=0.05)


def child(tmp_path: Path, code: str) -> PyAvCodec:
    """A codec whose children do something else once they are ready."""
    file = tmp_path / "child.py"
    file.write_text(
        "import sys\nfrom interviewrelay.adapters.audio.frames import *\n"
        f"from interviewrelay.adapters import child_process\n{code}\n"
    )
    return PyAvCodec([*child_process.build_module_command("x")[:-2], str(file)])


READY = "write_frame(sys.stdout.buffer, READY)\nread_frame(sys.stdin.buffer)\n"


def test_an_upload_that_kills_two_children_is_broken(tmp_path: Path) -> None:
    count = tmp_path / "count"
    dies = f"open({str(count)!r}, 'a').write('x')\n{READY}import os\nos.kill(os.getpid(), 11)"
    with pytest.raises(InvalidAudio):
        child(tmp_path, dies).decode(recorded(1), limit_seconds=10)
    assert count.read_text() == "xx"
    with pytest.raises(Maintenance):
        child(tmp_path, dies).encode([a_tone(1)], "ogg")


def test_an_upload_that_takes_too_much_cpu_is_broken(tmp_path: Path) -> None:
    spins = f"{READY}child_process.limit_cpu_time(1)\nwhile True: pass"
    with pytest.raises(InvalidAudio):
        child(tmp_path, spins).decode(recorded(1), limit_seconds=10)


def test_an_upload_that_takes_too_much_memory_is_broken(tmp_path: Path) -> None:
    grows = f"{READY}child_process.limit_memory(2**29)\nbytearray(2**30)"
    with pytest.raises(InvalidAudio):
        child(tmp_path, grows).decode(recorded(1), limit_seconds=10)


@pytest.mark.parametrize(
    "code", ["", "raise SystemExit(1)", f"{READY}import time; time.sleep(60)"]
)
def test_a_child_that_cannot_work_is_no_fault_of_the_upload(
    tmp_path: Path, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codec_children, "START_SECONDS", 1.0)
    monkeypatch.setattr(codec_children.CodecChild, "finish_job", _finish_soon)
    with pytest.raises(Maintenance):
        child(tmp_path, code).decode(recorded(1), limit_seconds=10)


def _finish_soon(self: codec_children.CodecChild, seconds: float) -> tuple[bytes, str]:
    return self._read(0.5)[1], ""


def test_why_a_child_cannot_start_is_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    code = "write_frame(sys.stdout.buffer, BROKEN, b'UnknownCodecError')"
    with pytest.raises(Maintenance):
        child(tmp_path, code).decode(recorded(1), limit_seconds=10)
    assert "UnknownCodecError" in caplog.text


def test_tags_that_are_no_text_harm_nothing(pyav: PyAvCodec) -> None:
    content = recorded(1, title="XXXXXXXX").replace(
        b"XXXXXXXX", b"\xff\xfe\xc3(\xf0\x28\x8c\x28"
    )
    assert b"\xff\xfe\xc3(" in content
    assert pyav.decode(content, limit_seconds=10).seconds == pytest.approx(1, abs=0.05)


def test_a_missing_program_is_no_fault_of_the_upload() -> None:
    with pytest.raises(Maintenance):
        PyAvCodec(["/nowhere/python"]).decode(recorded(1), limit_seconds=10)


def test_the_child_opens_nothing_and_knows_no_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IR_SECRET_KEY", "a secret")
    code = (
        "import av, os, json, socket\n"
        "child_process.refuse_files()\nchild_process.refuse_actions()\nfound = {}\n"
        "acts = {'file': lambda: open('/etc/passwd'), 'socket': socket.socket,\n"
        " 'library': lambda: av.open('/etc/passwd', format='wav'),\n"
        " 'network': lambda: av.open('http://127.0.0.1:1/')}\n"
        "for name, act in acts.items():\n"
        "    try: act()\n"
        "    except Exception as error: found[name] = type(error).__name__\n"
        "found['secret'] = 'IR_SECRET_KEY' in os.environ\n"
        "write_frame(sys.stdout.buffer, READY)\n"
        "while read_frame(sys.stdin.buffer)[0] != END: pass\n"
        "write_frame(sys.stdout.buffer, DATA, json.dumps(found).encode())\n"
        "write_frame(sys.stdout.buffer, END)\n"
    )
    said = child(tmp_path, code).decode(recorded(1), limit_seconds=10)
    found = json.loads(said.samples)
    assert found.pop("secret") is False
    assert found == {
        "file": "OSError",
        "socket": "PermissionError",
        "library": "OSError",
        "network": "OSError",
    }


def test_the_parent_loads_no_codec() -> None:
    code = (
        "import sys; import interviewrelay.adapters.audio.pyav_codec;"
        "print({'av', 'numpy'} & set(sys.modules))"
    )
    command = [*child_process.build_module_command("x")[:-2], "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def _peak_mib(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024
