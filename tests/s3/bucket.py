"""A server that speaks S3 (moto's), as a process of its own that checks signatures, and what cuts in between."""

import json
import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

import boto3

REGION = "us-east-1"
SERVE = "import sys; from moto.server import main; main(['-H', '127.0.0.1', '-p', sys.argv[1]])"
UNSIGNED_CALLS = 3
"""With these the user, the key and what it may are made; from then on each call must be signed."""


class S3Server:
    """Keeps everything in memory: after a restart there is an empty bucket and another key."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            self.port = listener.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.key = self.secret = ""
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> Self:
        with (self._folder / "s3.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-c", SERVE, str(self.port)],
                env={**os.environ, "INITIAL_NO_AUTH_ACTION_COUNT": str(UNSIGNED_CALLS)},
                stdout=log,
                stderr=log,
            )
        self._wait()
        iam = self._client("iam", "any", "any")
        iam.create_user(UserName="interviewrelay")
        made = iam.create_access_key(UserName="interviewrelay")["AccessKey"]
        everything = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
        iam.put_user_policy(
            UserName="interviewrelay",
            PolicyName="files",
            PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [everything]}),
        )
        self.key, self.secret = made["AccessKeyId"], made["SecretAccessKey"]
        self.client().create_bucket(Bucket="files")
        return self

    def client(self) -> Any:
        return self._client("s3", self.key, self.secret)

    def kill9(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def _client(self, service: str, key: str, secret: str) -> Any:
        return boto3.client(
            service,
            endpoint_url=self.address,
            region_name=REGION,
            aws_access_key_id=key,
            aws_secret_access_key=secret,
        )

    def _wait(self) -> None:
        until = time.monotonic() + 60
        while True:
            assert self.process is not None
            assert self.process.poll() is None, (self._folder / "s3.log").read_text()[-1000:]
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                assert time.monotonic() < until, "the S3 server did not become ready"
                time.sleep(0.05)
            else:
                return


class Line:
    """A line to the server that is cut once so many bytes have gone to it, or goes dead instead."""

    def __init__(self, port: int, *, cut_after: int, dead: bool = False) -> None:
        self._port, self._left, self._dead = port, cut_after, dead
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.connections = 0
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()
        for end in self._open:
            end.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            far = socket.create_connection(("127.0.0.1", self._port))
            self._open += [near, far]
            for source, target, counted in ((near, far, True), (far, near, False)):
                threading.Thread(
                    target=self._carry, args=(source, target, counted), daemon=True
                ).start()

    def _carry(self, source: socket.socket, target: socket.socket, counted: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if counted:
                    self._left -= len(data)
                    if self._left < 0 and self._dead:
                        continue
                    if self._left < 0:
                        break
                target.sendall(data)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
