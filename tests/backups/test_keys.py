"""New secret keys for a server that runs."""

import json

import pytest

from interviewrelay.cli import secret_keys


@pytest.fixture
def at_once(monkeypatch):
    monkeypatch.setattr(secret_keys, "PATIENCE", 0)


@pytest.mark.gate
def test_links_and_keys_work_through_it_all(server_on):
    server = server_on("old")
    printed = server.command("demo", "--json")
    found = json.loads(printed[printed.index("{") :])
    a, file = found["A"], server.folder / "instance" / "secret_keys"
    first = file.read_text().strip()
    server.start()
    gone = {"email": "gone@x.example"}
    put = server.call("POST", "/api/suppressions", gone, key=a["key_owner"])
    assert put.status == 201

    def works():
        link = server.call("GET", f"/interview/{a['invite_token']}")
        shown = server.call("GET", f"/api/invites/{a['invite_token']}", key=a["key_owner"])
        return link.status, shown.status

    assert "rows re-encrypted" in server.command("keys", "rotate")
    assert file.read_text().strip().endswith(f",{first}")
    assert works() == (200, 200)
    made = server.call("POST", "/api/projects", {"name": "Meanwhile"}, key=a["key_owner"])
    assert made.status == 201
    assert "API keys have not been used since" in server.command("keys", "rotate")
    server.command("keys", "drop", status=1)
    assert "Backups from before the rotation" in server.command("keys", "drop", "--anyway")
    assert first not in file.read_text()
    assert works() == (200, 200)  # before the server is restarted, and after
    server.restart()
    assert works() == (200, 200)
    assert server.call("POST", "/api/suppressions", gone, key=a["key_owner"]).status == 200
    server.command("doctor")


def test_keys_that_are_set_elsewhere_are_told(old, at_once, tmp_path):
    first = old.keys.read_text().strip()
    told = old.run("keys", "rotate", SECRET_KEYS=first)
    lines = [line for line in told.splitlines() if line.startswith("SECRET_KEYS=")]
    known, ring = (line.removeprefix("SECRET_KEYS=") for line in lines)
    assert ring.endswith(f",{first}")
    assert known.split(",") == ring.split(",")[::-1]
    assert "Run this command again" in told
    assert old.keys.read_text().strip() == first
    assert "15 rows re-encrypted" in old.run("keys", "rotate", SECRET_KEYS=ring)
    assert "0 rows re-encrypted" in old.run("keys", "rotate", SECRET_KEYS=ring)
    newest = ring.partition(",")[0]
    unused = old.run("keys", "drop", status=1, SECRET_KEYS=ring)
    assert "1 API key has not been used since" in unused  # that of the demonstration
    assert f"SECRET_KEYS={newest}\n" in old.run("keys", "drop", "--anyway", SECRET_KEYS=ring)
    assert "FAIL" not in old.run("doctor", SECRET_KEYS=newest)


def test_servers_know_a_new_key_before_any_of_them_uses_it(old, monkeypatch):
    first, seen = old.keys.read_text().strip(), []
    monkeypatch.setattr(secret_keys, "PATIENCE", 0)
    monkeypatch.setattr(
        secret_keys.time, "sleep", lambda _: seen.append(old.keys.read_text().strip())
    )
    old.run("keys", "rotate")
    behind, in_front = (ring.split(",") for ring in seen)
    assert behind[0] == first
    assert in_front == behind[::-1]


def test_a_key_that_waits_is_put_in_front_when_the_command_is_broken_off(old, monkeypatch):
    first = old.keys.read_text().strip()

    def broken_off(_seconds):
        raise KeyboardInterrupt

    monkeypatch.setattr(secret_keys.time, "sleep", broken_off)
    old.run("keys", "rotate", status=1)
    assert old.keys.read_text().strip().endswith(f",{first}")


def test_one_key_alone_is_not_dropped(old):
    assert "There is only one secret key" in old.run("keys", "drop", status=1)


def test_what_is_not_sealed_anew_holds_the_old_key(old):
    first = old.keys.read_text().strip()
    ring = f"a new key that was put in front by hand,{first}"
    told = old.run("keys", "drop", status=1, SECRET_KEYS=ring)
    assert "15 invite links are encrypted with an older key. Run `keys rotate`" in told
