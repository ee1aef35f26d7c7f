"""The image's recipe and the two compositions: what they name is there, and what must hold does."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from interviewrelay.core.config.settings import list_settable_fields

ROOT = Path(__file__).resolve().parents[2]
RECIPE = (ROOT / "Dockerfile").read_text()
SMALL, FLEET = ROOT / "compose.yaml", ROOT / "docs/deploy/compose-fleet.yaml"
SETTINGS = {known.name.upper() for known in list_settable_fields()}


def services(path):
    return yaml.safe_load(path.read_text())["services"]


def ours(path):
    return {name: given for name, given in services(path).items() if "build" in given}


def test_the_context_has_what_the_wheel_is_made_of():
    allowed = set(re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    wanted = {*wheel["packages"], *wheel["force-include"], project["project"]["readme"]}
    assert all({name, name.split("/")[0]} & allowed for name in wanted)
    assert all(list(ROOT.glob(name)) for name in allowed)


def test_the_image_runs_as_a_user_without_rights_from_locked_packages():
    last = RECIPE.rpartition("FROM ")[2]
    assert re.search(r"^USER 10001:10001$", last, re.MULTILINE)
    assert "HEALTHCHECK" in last
    assert "/livez" in last
    assert 'VOLUME ["/data"]' in last
    installs = re.findall(r"pip install(?:[^&;]|\\\n)*", RECIPE)
    assert len(installs) == 3
    for words in installs:
        assert "--require-hashes" in words or words.endswith("/tmp/wheel/*.whl \\\n    ")
    for name in re.findall(r"requirements[a-z-]*\.lock", RECIPE):
        assert (ROOT / name).exists()


@pytest.mark.parametrize("path", [SMALL, FLEET], ids=lambda path: path.name)
def test_our_containers_can_write_to_their_volumes_alone(path):
    assert ours(path)
    whole = yaml.safe_load(path.read_text())
    for given in ours(path).values():
        assert given["read_only"] is True
        assert given["tmpfs"] == ["/tmp"]
        assert given["cap_drop"] == ["ALL"]
        assert given["init"] is True
        assert int(given["stop_grace_period"].removesuffix("s")) > 50
        assert set(given["environment"]) <= SETTINGS
        places = dict(reversed(volume.split(":")) for volume in given["volumes"])
        assert given["environment"]["INSTANCE_DIR"] in places
        assert set(places.values()) <= set(whole["volumes"])


def test_the_small_one_is_open_to_this_machine_alone():
    (given,) = services(SMALL).values()
    assert given["ports"] == ["127.0.0.1:${PUBLISHED_PORT:-8000}:8000"]


def test_the_fleet_has_the_addresses_that_nginx_asks():
    proxy = (ROOT / "docs/deploy/nginx.conf").read_text()
    asked = re.findall(r"^\s*server (\S+):8000 ", proxy, re.MULTILINE)
    given = [
        place["networks"]["default"]["ipv4_address"]
        for place in ours(FLEET).values()
        if "networks" in place
    ]
    assert given == asked
    assert len(set(given)) == 2


def test_the_fleet_shares_files_and_nothing_else_of_its_folders():
    places = [dict(reversed(v.split(":")) for v in s["volumes"]) for s in ours(FLEET).values()]
    assert len({place["/data"] for place in places}) == len(places) == 3
    assert {place["/data/files"] for place in places} == {"files"}
    assert {name for name, given in services(FLEET).items() if "ports" in given} == {"nginx"}
