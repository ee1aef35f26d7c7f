"""The chart: its templates use values that exist, and agree with the image and the settings."""

import re
from pathlib import Path

import yaml

from interviewrelay import __version__
from interviewrelay.core.config.settings import list_settable_fields

ROOT = Path(__file__).resolve().parents[2]
CHART = ROOT / "docs/deploy/helm/interviewrelay"
VALUES = yaml.safe_load((CHART / "values.yaml").read_text())
TEXTS = {path.name: path.read_text() for path in (CHART / "templates").iterdir()}
SETTINGS = {known.name.upper() for known in list_settable_fields()}


def test_it_has_the_version_of_the_product():
    chart = yaml.safe_load((CHART / "Chart.yaml").read_text())
    assert chart["version"] == chart["appVersion"] == __version__


def test_every_value_in_a_template_has_a_default():
    for name, text in TEXTS.items():
        for path in re.findall(r"\.Values((?:\.\w+)+)", text):
            parts = path[1:].split(".")
            if parts[0] == "settings":
                assert set(parts[1:]) <= SETTINGS, (name, path)
                continue
            value = VALUES
            for part in parts:
                assert part in value, (name, path)
                value = value[part]


def test_every_value_is_used():
    assert set(VALUES) <= {
        name for text in TEXTS.values() for name in re.findall(r"\.Values\.(\w+)", text)
    }


def test_it_agrees_with_the_image():
    (user,) = re.findall(r"^USER (\d+):", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    helpers = TEXTS["_helpers.tpl"]
    assert f"runAsUser: {user}\n" in helpers
    assert f"fsGroup: {user}\n" in helpers
    assert "readOnlyRootFilesystem: true" in helpers
    grace = re.search(r"terminationGracePeriodSeconds: (\d+)", helpers)
    assert grace
    assert int(grace[1]) > 50


def test_its_probes_ask_what_the_server_answers():
    asked = set(re.findall(r"path: (/\w+)\n\s+port: http", TEXTS["servers.yaml"]))
    assert asked == {"/livez", "/readyz"}


def test_its_settings_exist():
    assert set(VALUES["settings"]) <= SETTINGS
    for name in re.findall(r"- name: ([A-Z_]+)", TEXTS["_helpers.tpl"]):
        assert name in SETTINGS
