"""A speech service of its own that really recognises, so that it can be killed without the server.

`python -m tests.spoken.recognizer --port N` serves the project's Whisper as the stand-in serves its
sentences.
"""

import argparse
import contextlib
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator

from tests.flows.server import ROOT, until
from tests.speech_stand_in import SpeechStandIn
from tests.spoken import study


class WhisperService(SpeechStandIn):
    """Understands what is said."""

    def __init__(self, port: int) -> None:
        study.recognize(study.say(study.MORE[0]))  # the models are loaded now
        super().__init__(port)  # from now on it can be reached

    def understand(self, content: bytes) -> tuple[str, float]:
        sound = study.engines().codec.decode(content, limit_seconds=3600)
        return study.recognize(sound), sound.seconds


class Recognizer:
    """The service in a process of its own, always on the same port."""

    def __init__(self) -> None:
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            self.port = listener.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}/v1"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        study.CACHE.mkdir(mode=0o700, exist_ok=True)
        words = [
            sys.executable,
            "-P",
            "-m",
            "tests.spoken.recognizer",
            "--port",
            str(self.port),
        ]
        self.process = subprocess.Popen(words, cwd=ROOT)
        until(self._answers, 120)

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def _answers(self) -> bool:
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", self.port), 1),
        ):
            return True
        return False


@contextlib.contextmanager
def recognizing() -> Iterator[Recognizer]:
    made = Recognizer()
    made.start()
    try:
        yield made
    finally:
        made.kill()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    service = WhisperService(parser.parse_args().port)
    with contextlib.suppress(KeyboardInterrupt):
        service.server.serve_forever()
