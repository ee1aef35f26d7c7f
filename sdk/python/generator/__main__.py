"""Generator of the client's models, inputs, error codes and resources from the OpenAPI document.

usage: python sdk/python/generator [--check]

Reads docs/api/openapi.json, and the methods' names from operations.toml. Needs ruff. With --check,
nothing is written, and the exit status is 1 if something would change.
"""

import re
import subprocess
import sys
from collections.abc import Iterator

from document import HERE, NAMES
from modules import write_error_codes, write_inputs, write_models
from resources import write_all_methods, write_resources

PACKAGE = HERE / "src" / "interviewrelay_client"
README = HERE / "README.md"
BEGIN, END = "<!-- operations -->", "<!-- end of operations -->"


def write_files() -> Iterator[tuple[str, str]]:
    yield from write_models()
    yield from write_resources()
    yield "inputs.py", write_inputs()
    yield "error_codes.py", write_error_codes()


def format_code(name: str, code: str) -> str:
    """Code as ruff formats it, with imports in order."""
    path = str(PACKAGE / name)
    for words in (("check", "--select", "I", "--fix", "--quiet"), ("format", "--quiet")):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *words, "--stdin-filename", path, "-"],
            input=code, capture_output=True, text=True, check=False, cwd=HERE,
        )  # fmt: skip
        if done.returncode:
            sys.exit(f"{name}: {done.stderr}")
        code = done.stdout
    return code


def write_readme() -> str:
    """README with the table of operations, between its two comments."""
    methods: dict[str, list[str]] = {name: [] for name in NAMES["resources"]}
    for resource, code in write_all_methods():
        methods[resource] += re.findall(r"    def (\w+)\(", code)
    rows = [
        f"| `{name}` | {', '.join(f'`{one}`' for one in names)} |"
        for name, names in methods.items()
    ]
    text = README.read_text(encoding="utf-8")
    head, _, rest = text.partition(f"{BEGIN}\n")
    table = "\n".join(["| Resource | Methods |", "|---|---|", *rows])
    return f"{head}{BEGIN}\n\n{table}\n\n{END}{rest.partition(END)[2]}"


def main() -> None:
    made = {name: format_code(name, code) for name, code in write_files()}
    made[str(README)] = write_readme()
    places = [PACKAGE / "models", PACKAGE / "resources"]
    kept = {str(path.relative_to(PACKAGE)) for place in places for path in place.glob("*.py")}
    stale = sorted(kept - set(made))
    changed = [
        name
        for name, code in made.items()
        if not (path := PACKAGE / name).exists() or path.read_text(encoding="utf-8") != code
    ]
    if "--check" in sys.argv[1:]:
        sys.exit(f"Run the generator: {changed + stale} differ." if changed or stale else 0)
    for name in stale:
        (PACKAGE / name).unlink()
    for name in changed:
        (PACKAGE / name).write_text(made[name], encoding="utf-8")
    print(f"{len(changed)} of {len(made)} files changed.")


main()
