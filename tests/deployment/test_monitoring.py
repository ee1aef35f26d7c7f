"""Alerts and the dashboard ask for what `/metrics` really has, and alerts are those of the docs."""

import json
import re
from dataclasses import replace
from datetime import time
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
FILES = ROOT / "docs/deploy/helm/interviewrelay/files"
RULES = [
    rule
    for group in yaml.safe_load((FILES / "alerts.yaml").read_text())["groups"]
    for rule in group["rules"]
]
PANELS = json.loads((FILES / "dashboard.json").read_text())["panels"]
ASKED = [
    *(rule["expr"] for rule in RULES),
    *(target["expr"] for panel in PANELS for target in panel["targets"]),
]
SERIES = re.compile(r"\b(interviewrelay_\w+)(\{[^}]*\})?")


@pytest.fixture
def told(app, client, monkeypatch):
    """Every series of a server, and the labels of each."""
    settings = replace(app.extensions["settings"], backup_schedule=(time(3),))
    monkeypatch.setitem(app.extensions, "settings", settings)
    supervisor = SimpleNamespace(count_replaced=lambda: {"died": 0, "silent": 0})
    monkeypatch.setitem(app.extensions, "supervisor", supervisor)
    client.get("/livez")
    found = re.findall(
        r"^(interviewrelay_\w+)(?:\{(.*)\})? ", client.get("/metrics").text, re.MULTILINE
    )
    return {name: set(re.findall(r'(\w+)="', labels)) for name, labels in found}


@pytest.mark.parametrize("expression", ASKED)
def test_a_series_that_is_asked_for_is_there_with_its_labels(told, expression):
    for name, labels in SERIES.findall(expression):
        assert name in told
        assert set(re.findall(r"(\w+)=", labels)) <= told[name]
    for names in re.findall(r"by \(([^)]*)\)", expression):
        known = {label for name, _ in SERIES.findall(expression) for label in told[name]}
        assert set(names.split(", ")) <= {*known, "instance"}


def test_each_series_of_the_docs_has_an_alert(told):
    text = (ROOT / "docs/deploy.md").read_text()
    rows = re.findall(r"^\| `(interviewrelay_\w+)", text, re.MULTILINE)
    asked = {
        name.removesuffix("_bucket")
        for rule in RULES
        for name, _ in SERIES.findall(rule["expr"])
    }
    assert set(rows) <= set(told)
    # Whether interviews are expected, only people know.
    named = {name.removesuffix("_bucket") for name in rows}
    assert named - {"interviewrelay_interviews_in_progress"} <= asked


def test_each_alert_says_what_to_do():
    for rule in RULES:
        assert rule["labels"]["severity"] in ("critical", "warning")
        assert all(
            rule["annotations"][name].endswith(".") for name in ("summary", "description")
        )


def test_routes_that_are_named_exist(app):
    known = {rule.rule for rule in app.url_map.iter_rules()}
    for expression in ASKED:
        for route in re.findall(r'route="([^"]+)"', expression):
            assert route in known
