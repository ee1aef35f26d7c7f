"""nginx with the configuration from docs/deploy; only addresses, ports and paths are replaced."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

from bench.commands import ROOT
from bench.server import Process

SHIPPED: Final = ROOT / "docs" / "deploy" / "nginx.conf"
NAME: Final = "interviews.example.com"
"""Host name in the configuration, which requests must use."""
AROUND: Final = """
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/errors.log;
events {{ worker_connections 2048; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxied;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/interviewrelay.conf;
}}
"""


class Nginx:
    """nginx in front of servers on these ports, with TLS and its own certificate."""

    def __init__(self, folder: Path, port: int, plain: int, servers: list[int]) -> None:
        folder.mkdir()
        self.port, self.certificate = port, folder / "certificate.pem"
        _certify(self.certificate, folder / "key.pem")
        made = substituted(SHIPPED.read_text(encoding="utf-8"), folder, port, plain, servers)
        (folder / "interviewrelay.conf").write_text(made, encoding="utf-8")
        around = folder / "nginx.conf"
        user = "user root;" if os.geteuid() == 0 else ""  # owner of the folder
        around.write_text(AROUND.format(folder=folder, user=user), encoding="utf-8")
        words = [_program(), "-e", str(folder / "errors.log"), "-c", str(around)]
        subprocess.run([*words, "-t", "-q"], check=True)
        self._process = Process([*words, "-g", "daemon off;"], dict(os.environ), port)

    def close(self) -> None:
        self._process.close()


def substituted(text: str, folder: Path, port: int, plain: int, servers: list[int]) -> str:
    """Shipped configuration, adapted to this machine. Raises LookupError if its structure has
    changed.
    """
    ports = iter(servers)
    for pattern, times, put in (
        (
            r"server 10\.0\.0\.\d+:8000",
            len(servers),
            lambda _: f"server 127.0.0.1:{next(ports)}",
        ),
        (r"listen 443 ssl;", 1, lambda _: f"listen 127.0.0.1:{port} ssl;"),
        (r"listen 80;", 1, lambda _: f"listen 127.0.0.1:{plain};"),
        (r" *listen \[::\]:\d+[^;]*;\n", 2, lambda _: ""),
        (r"/etc/letsencrypt/\S+/fullchain\.pem", 1, lambda _: f"{folder}/certificate.pem"),
        (r"/etc/letsencrypt/\S+/privkey\.pem", 1, lambda _: f"{folder}/key.pem"),
        (r"/var/log/nginx", 2, lambda _: str(folder)),
        (r"/var/www/html", 1, lambda _: f"{folder}/shown"),
    ):
        text, found = re.subn(pattern, put, text)
        if found != times:
            raise LookupError(f"{pattern}: {found} times in {SHIPPED.name}, not {times}")
    return text


def _program() -> str:
    """Path of nginx; Debian installs it outside a user's PATH. Raises LookupError."""
    path = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"))
    found = shutil.which("nginx", path=path)
    if found is None:
        raise LookupError("nginx is not there: apt-get install nginx-light")
    return found


def _certify(certificate: Path, key: Path) -> None:
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
         "-days", "2", "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}",
         "-keyout", str(key), "-out", str(certificate)],
        check=True,
        capture_output=True,
    )  # fmt: skip
