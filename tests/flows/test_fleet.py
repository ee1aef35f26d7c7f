"""What docs/deploy ships works: a short form of `python -m bench fleet`, and the units of systemd."""

import http.client
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench.fleet import proof, proxy
from bench.fleet.people import Held
from tests.flows.server import Server

ROOT = proxy.ROOT
SERVER = os.environ.get("TEST_DATABASE_URL", "")
UNITS = sorted((ROOT / "docs" / "deploy").glob("*.service"))
needs_postgresql = pytest.mark.skipif(not SERVER, reason="scripts/services starts a PostgreSQL")


@needs_postgresql
@pytest.mark.parametrize(
    "words",
    [
        ("--people", "24", "--pause", "2.5", "--every", "10"),
        ("--people", "12", "--pause", "3", "--redis-stops"),
        ("--rolling", "--requests", "1200"),
    ],
    ids=["kills", "Redis", "rolling"],
)
def test_nothing_is_lost_or_doubled_while_parts_of_it_die(words: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "bench", "fleet", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr[-2_000:]
    assert "PASS" in done.stdout
    assert "FAIL" not in done.stdout


def test_a_configuration_that_has_changed_its_shape_is_seen(tmp_path: Path) -> None:
    shipped = proxy.SHIPPED.read_text(encoding="utf-8")
    made = proxy.substituted(shipped, tmp_path, 1, 2, [3, 4])
    assert "server 127.0.0.1:3 " in made
    assert "server 127.0.0.1:4 " in made
    assert not re.search(r"10\.0\.0\.|letsencrypt|/var/log", made)
    with pytest.raises(LookupError):
        proxy.substituted(shipped.replace("listen 80;", ""), tmp_path, 1, 2, [3, 4])


def test_who_renews_the_certificate_is_shown_its_answer_and_all_else_goes_to_tls(
    tmp_path: Path,
) -> None:
    ports = Server(tmp_path).port, Server(tmp_path).port
    nginx = proxy.Nginx(tmp_path / "proxy", *ports, [1, 2])
    try:
        shown = tmp_path / "proxy/shown/.well-known/acme-challenge"
        shown.mkdir(parents=True)
        (shown / "token").write_text("answer")
        (shown.parent.parent / "other").write_text("not to be seen")

        def asked(path: str) -> tuple[int, bytes]:
            connection = http.client.HTTPConnection("127.0.0.1", ports[1], timeout=60)
            connection.request("GET", path, headers={"Host": proxy.NAME})
            answer = connection.getresponse()
            return answer.status, answer.read()

        assert asked("/.well-known/acme-challenge/token") == (200, b"answer")
        assert asked("/.well-known/acme-challenge/none")[0] == 404
        for path in ("/other", "/", "/interview/x", "/.well-known/acme-challenge/../../other"):
            assert asked(path)[0] == 308
    finally:
        nginx.close()


def test_no_token_of_a_path_is_in_the_log_of_the_proxy(app: Any) -> None:
    shipped = proxy.SHIPPED.read_text(encoding="utf-8")
    found = re.search(r'map \$uri .*\n +"~\*(.+)" (\S+);', shipped)
    assert found
    pattern, put = found[1].replace("(?<", "(?P<"), found[2]
    paths = [rule.rule for rule in app.url_map.iter_rules() if "token" in str(rule)]
    assert "/interview/unsubscribe/<mail_token>" in paths
    for path in paths:
        filled = re.sub(r"<(?!\w*token)[^>]+>", "7", path)  # names of recordings are no secret
        secret = re.sub("<[^>]+>", "uns_secret", filled)
        match = re.search(pattern, secret)
        assert match, path
        assert re.search(pattern, secret.upper(), re.IGNORECASE)
        logged = put.replace("$door", match["door"]).replace("$rest", match["rest"] or "")
        assert logged == re.sub("<[^>]+>", "-", filled)


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_a_unit_is_sound(unit: Path, tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None and not SERVER:  # the gate has both
        pytest.skip("systemd-analyze is not there: apt-get install systemd")
    text = unit.read_text(encoding="utf-8")
    assert "/opt/interviewrelay" in text
    here = text.replace("/opt/interviewrelay/.venv/bin/python", sys.executable)
    made = tmp_path / unit.name
    made.write_text(here.replace("/opt/interviewrelay", str(ROOT)), encoding="utf-8")
    done = subprocess.run(
        [str(analyze), "verify", "--man=no", str(made)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


class Stored:
    """A database of one interview with these answers, charges and events."""

    def __init__(self, turns: Any, charged: Any = (1, 20, 20), kinds: Any = ()) -> None:
        told = dict.fromkeys(proof.TOLD, 1) | dict(kinds)
        self._rows = {"turn": turns, "invite": [("one",)], "charge": [charged]}
        self._rows |= {"kind": list(told.items())}

    def rows(self, query: str, *_: Any) -> Any:
        words = {"turn": "FROM turn", "invite": "invite_id", "charge": "credit_entry"}
        return next((self._rows[n] for n, w in words.items() if w in query), self._rows["kind"])


ONE = Held("token", "session", acknowledged=[(2, "By bus."), (4, "On foot.")])
BOTH = [(2, "By bus."), (4, "On foot.")]


@pytest.mark.parametrize(
    ("stored", "seen"),
    [
        (Stored(BOTH), {}),
        (Stored(BOTH[:1]), {"lost": 1}),
        (Stored([(2, "By bus."), (4, "On Foot.")]), {"lost": 1}),
        (Stored([*BOTH, (6, "On foot.")]), {"doubled": 1}),
        (Stored(BOTH, (2, 40, 20)), {"charges": 1}),
        (Stored(BOTH, (0, None, None)), {"charges": 1}),
        (Stored(BOTH, kinds={"session.completed": 2}), {"events": 1}),
        (Stored(BOTH, kinds={"transcript.ready": 0}), {"events": 1}),
    ],
)
def test_what_must_not_be_is_seen(stored: Any, seen: dict[str, int]) -> None:
    found = proof.Wrong()
    proof.look(stored, ONE, found)
    names = ("failed", "lost", "doubled", "charges", "events")
    counted = {name: len(getattr(found, name)) for name in names}
    assert {name: n for name, n in counted.items() if n} == seen


def test_an_interview_that_was_given_up_is_seen() -> None:
    found = proof.Wrong()
    proof.look(Stored(BOTH), Held("token", "session", gave_up="POST turns: 500"), found)
    assert len(found.failed) == 1
