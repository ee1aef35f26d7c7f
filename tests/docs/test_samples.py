"""Every sample of the documentation does what it says, on a real server."""

import subprocess
import sys
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from tests.docs.samples import PAGES, Sample, list_samples

ALL = [sample for path in PAGES for sample in list_samples(path)]
RUN = sorted((s for s in ALL if not s.reason), key=lambda s: (s.page, s.language, s.line))
PROGRAMS = [list(group) for _, group in groupby(RUN, key=lambda s: (s.page, s.language))]

DEFAULT = "http://127.0.0.1:8000"
CURL = 'curl() { command curl --fail-with-body --silent --show-error "$@"; }\n'
"""A status of 400 or more is a failure."""

COMMANDS = {
    "sh": ("sample.sh", ["sh", "-eu"]),
    "js": ("sample.mjs", ["node"]),
    "python": ("sample.py", [sys.executable, "-P"]),
}


def name(samples: list[Sample]) -> str:
    return f"{samples[0].page}-{samples[0].language}"


@pytest.mark.parametrize("samples", PROGRAMS, ids=name)
def test_samples_of_a_page_end_with_success(
    samples: list[Sample], environment: dict[str, str], tmp_path: Path, request: Any
) -> None:
    language = samples[0].language
    if language == "js":
        (tmp_path / "node_modules").symlink_to(request.getfixturevalue("node_modules"))
    file, command = COMMANDS[language]
    code = "\n".join(sample.code for sample in samples).replace(DEFAULT, environment["BASE"])
    program = tmp_path / file
    program.write_text((CURL if language == "sh" else "") + code, encoding="utf-8")
    done = subprocess.run(
        [*command, str(program)],
        cwd=tmp_path,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    lines = ", ".join(str(sample.line) for sample in samples)
    told = f"{samples[0].page}, code at lines {lines}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    assert done.returncode == 0, told


@pytest.mark.parametrize(
    "sample", [s for s in ALL if s.reason], ids=lambda s: f"{s.page}:{s.line}"
)
def test_a_sample_that_is_not_run_says_why(sample: Sample) -> None:
    pytest.skip(f"{sample.page}:{sample.line} is not run: {sample.reason}")
