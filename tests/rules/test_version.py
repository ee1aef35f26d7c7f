"""The version in pyproject.toml is that of both clients and of the chart, and the changelog begins with it."""

import json
import re
import tomllib
from pathlib import Path

import yaml

import interviewrelay

ROOT = Path(__file__).resolve().parent.parent.parent
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
SECTIONS = ["Added", "Changed", "Fixed", "Security"]
LONGEST = 120


def test_the_package_reads_its_version_from_pyproject() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert interviewrelay.__version__ == project["version"]


def test_everything_that_is_released_has_this_version() -> None:
    client = tomllib.loads((ROOT / "sdk/python/pyproject.toml").read_text(encoding="utf-8"))
    package = json.loads((ROOT / "sdk/javascript/package.json").read_text(encoding="utf-8"))
    chart = yaml.safe_load(
        (ROOT / "docs/deploy/helm/interviewrelay/Chart.yaml").read_text(encoding="utf-8")
    )
    versions = {
        client["project"]["version"], package["version"], chart["version"], chart["appVersion"],
    }  # fmt: skip
    assert versions == {interviewrelay.__version__}


def test_the_version_is_written_in_no_other_source_file() -> None:
    version = f'"{interviewrelay.__version__}"'
    package = ROOT / "interviewrelay"
    assert [path.name for path in package.rglob("*.py") if version in path.read_text()] == []


def test_the_changelog_begins_with_this_version() -> None:
    releases = re.findall(
        r"^## (\d+\.\d+\.\d+) – (?:\d{4}-\d\d-\d\d|unreleased)$", CHANGELOG, re.MULTILINE
    )
    assert releases[0] == interviewrelay.__version__
    sections = re.findall(r"^## (.*)$", CHANGELOG, re.MULTILINE)
    assert len(sections[sections[0] == "Unreleased" :]) == len(releases)


def test_sections_of_a_release_come_in_one_order() -> None:
    for release in CHANGELOG.split("\n## ")[1:]:
        found = re.findall(r"^### (\w+)$", release, re.MULTILINE)
        assert found == [name for name in SECTIONS if name in found]


def test_a_change_is_one_short_line_that_begins_with_its_area() -> None:
    lines = [line for line in CHANGELOG.splitlines() if line.startswith(("- ", "  "))]
    too_long = [line for line in lines if len(line) > LONGEST]
    without_area = [line for line in lines if not re.match(r"- [A-Z][\w -]*: [A-Z`“]", line)]
    assert (too_long, without_area) == ([], [])
