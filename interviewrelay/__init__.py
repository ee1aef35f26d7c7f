"""InterviewRelay: self-hosted, AI-led interviews in the browser."""

import tomllib
from pathlib import Path

PYPROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"


def read_version() -> str:
    """Version of the package: from pyproject.toml in a checkout, else from the installed metadata."""
    if PYPROJECT.is_file():
        project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8")).get("project", {})
        if project.get("name") == "interviewrelay":
            return str(project["version"])
    from importlib import metadata  # only an installed package needs it, and it loads slowly

    return metadata.version("interviewrelay")


__version__ = read_version()
