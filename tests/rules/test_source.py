"""What the linters cannot say."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from interviewrelay.core.observability import logging_setup

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "interviewrelay"
LONGEST_FILE = 400
LONGEST_FUNCTION = 50

# Files that are tables of words or steps, not prose to be read.
TABLES = (
    "versions/",
    "demo_material",
    "lexicon",
)


def sources(folder: Path = PACKAGE) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*.py")):
        yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def found(pattern: str, *allowed: str) -> list[str]:
    """Lines of the package that match, outside the files that may."""
    lines = []
    for name, text in sources():
        if not any(part in name for part in allowed):
            lines += [
                f"{name}:{number}: {line.strip()}"
                for number, line in enumerate(text.splitlines(), 1)
                if re.search(pattern, line)
            ]
    return lines


def test_only_the_clock_asks_the_time() -> None:
    assert found(r"datetime\.now\(|utcnow\(|date\.today\(", "clock.py") == []


def test_only_the_settings_read_the_environment() -> None:
    # The single binary has variables of its own, which are no settings.
    assert found(r"os\.environ|getenv\(", "config/settings.py", "config/program.py") == []


def test_a_commit_happens_in_two_places() -> None:
    # The session's, and the one of changes that are committed together.
    assert found(r"\.commit\(", "db/session.py", "db/group_commit.py") == []


def test_only_core_db_reaches_the_driver_of_the_database() -> None:
    driver = r"\.cursor\(|raw_connection|driver_connection|dbapi_connection|exec_driver_sql"
    # Migrations turn SQLite's foreign keys off and make indexes that SQLAlchemy has no words for.
    assert found(driver, "core/db/", "migrations/") == []
    # Files of their own, beside the database: the counters of the rate limits, and copies.
    own = ("core/db/", "rate_limits/embedded.py", "backups/database_copy.py")
    assert found(r"^\s*(import|from) (sqlite3|psycopg)\b", *own) == []


def test_truth_is_compared_as_both_databases_know_it() -> None:
    # A value in its place is no syntax of PostgreSQL, and keeps SQLite from a partial index.
    assert found(r"\.is_(not)?\((True|False)\)") == []


def test_no_row_is_locked_against_those_who_only_refer_to_it() -> None:
    # Else two who have referred to one row wait for each other when both come to change it.
    assert found(r"with_for_update\((?!key_share=True)|\bFOR UPDATE\b", "db/session.py") == []


def test_no_attribute_holds_a_lock_for_all_instances() -> None:
    # core/lazy_attribute.py says why.
    assert found(r"functools import .*\bcached_property\b") == []


def test_what_is_on_its_way_is_named_where_the_model_is() -> None:
    assert found(r'\("(queued", "sending|pending", "sent)"', "models/") == []


def _attached(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """The names that are attached to lines of the log."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and ast.unparse(call.func).startswith("log."):
            for given in call.keywords:
                if given.arg == "extra" and isinstance(given.value, ast.Dict):
                    for key in given.value.keys:
                        if isinstance(key, ast.Constant):
                            yield str(key.value), call.lineno


def test_what_is_attached_to_a_line_of_the_log_is_written() -> None:
    attached = [
        (name, f"{path}:{line}")
        for path, text in sources()
        for name, line in _attached(ast.parse(text))
    ]
    assert len(attached) > 40
    assert [one for one in attached if one[0] not in logging_setup.KNOWN] == []


def test_every_flush_says_why() -> None:
    assert [line for line in found(r"\.flush\(\)", "adapters/") if "#" not in line] == []


def test_addresses_are_never_built_from_the_request() -> None:
    assert found(r"_external=True|request\.host\b|request\.url_root|request\.base_url") == []


def test_sql_is_never_put_together_from_text() -> None:
    assert found(r"text\(f[\"']|execute\(f[\"']", "db/sqlite.py", "migrations/versions") == []


@pytest.mark.parametrize(
    "path", sorted((ROOT / "templates").rglob("*.html")), ids=lambda p: p.name
)
def test_a_template_has_nothing_that_the_csp_forbids(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    forbidden = r"<script>|<script [^>]*>[^<]|\son[a-z]+=\"|\|\s*safe\b|hx-on|javascript:"
    assert re.findall(forbidden, text) == []
    if not {"pdf", "email"} & set(path.parts):  # neither is shown by a browser under our policy
        assert re.findall(r"<style|\sstyle=", text) == []
        assert re.findall(r"(?:src|href)=\"https?://", text) == []


def test_files_and_functions_stay_short() -> None:
    long = []
    for name, text in sources():
        if any(part in name for part in TABLES):
            continue
        if text.count("\n") > LONGEST_FILE:
            long.append(f"{name}: {text.count(chr(10))} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    long.append(f"{name}:{node.lineno} {node.name}: {length} lines")
    assert long == []


def test_every_module_says_what_it_is() -> None:
    silent = [name for name, text in sources() if not ast.get_docstring(ast.parse(text))]
    assert silent == []


def test_every_view_names_what_it_needs(app: Any) -> None:
    unnamed = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint.partition(".")[0] in ("api", "pages")
        and not hasattr(app.view_functions[rule.endpoint], "permission")
    ]
    assert unnamed == []


def test_every_test_function_is_collected() -> None:
    lost = []
    for name, text in sources(ROOT / "tests"):
        if not Path(name).name.startswith("test_"):
            continue
        for node in ast.parse(text).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("test_"):
                continue
            fixture = any("fixture" in ast.dump(d) for d in node.decorator_list)
            if not fixture and {a.arg for a in node.args.args} & {
                "app",
                "client",
                "ann",
                "desk",
            }:
                called = len(re.findall(rf"\b{node.name}\(", text)) > 1
                lost += [] if called else [f"{name}: {node.name}"]
    assert lost == []


def test_no_test_measures_time() -> None:
    """A limit on it would be met by any machine that is busy enough; bench/ measures."""
    clock = re.compile(r"\b(monotonic|perf_counter|process_time|thread_time)\(\) - ")
    measuring = [name for name, text in sources(ROOT / "tests") if clock.search(text)]
    assert measuring == ["tests/statement_cover.py"]


def test_lock_files_hold_no_address() -> None:
    for lock in ROOT.glob("*.lock"):
        assert not re.search(r"https?://|index-url|find-links", lock.read_text()), lock.name
