"""Docstrings and comments begin with their subject: the noun that a stranger searches for. What they
say is raised exists.
"""

import ast
import builtins
import io
import re
import tokenize
from collections.abc import Iterator

import pytest

from tests.rules.test_doc_names import definitions, is_defined, is_dotted, is_known
from tests.rules.test_source import sources

NO_SUBJECT = re.compile(r"(What|How|Where|Whether|Whoever|Whom|Somebody|Whatever) ")
RAISES = re.compile(r"\b[Rr]aises?\s+((?:`[^`]+`|[^.`])*)")
ELSEWHERE = frozenset({"acts.toml", "coverage.json", "request.remote_addr", "ui.pagination"})
"""Names that only look like names in modules."""
DOTTED = re.compile(r"`([a-z]\w*(?:\.[A-Za-z_]\w*)+)(?:\(.*?\))?`")
NAME = re.compile(r"`([^`]+)`|\b([A-Z][a-z]+(?:[A-Z][a-z]+)*)\b")


def docstrings(text: str) -> Iterator[tuple[int, str]]:
    """The line and the text of every docstring."""
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Expr(value=ast.Constant(value=str(said))):
                yield node.lineno, said


def raised(said: str) -> Iterator[str]:
    """What a docstring says is raised: exceptions, and functions in backticks that raise the same."""
    for sentence in RAISES.findall(said):
        yield from (span or word for span, word in NAME.findall(sentence))


def dotted(said: str) -> Iterator[str]:
    """Names in backticks such as `access.get_campaign`, if the first part is a module or package."""
    for name in DOTTED.findall(said):
        if name.partition(".")[0] in definitions():
            yield name


def used(text: str) -> set[str]:
    """Names that a module imports, and attributes that it uses, such as `click.ClickException`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom):
            found |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
    return found


def exists(name: str, here: set[str]) -> bool:
    if name.isidentifier():
        return name in here or hasattr(builtins, name) or is_defined(name)
    return is_known(name)


def openings(text: str) -> list[tuple[int, str]]:
    """The line and the first words of every docstring and of every comment on a line of its own."""
    found = [(line, said.lstrip()) for line, said in docstrings(text)]
    found += [
        (token.start[0], token.string.lstrip("# "))
        for token in tokenize.generate_tokens(io.StringIO(text).readline)
        if token.type == tokenize.COMMENT and token.line.lstrip().startswith("#")
    ]
    return found


def test_docstrings_and_comments_name_their_subject() -> None:
    assert [
        f"{name}:{line}: {words[:60]}"
        for name, text in sources()
        for line, words in openings(text)
        if NO_SUBJECT.match(words)
    ] == []


def test_an_opening_without_a_subject_is_seen() -> None:
    text = '"""What is kept."""\nX = 1\n"""Whether it is."""\n# How it is made\nY = 2  # What\n'
    assert [line for line, words in openings(text) if NO_SUBJECT.match(words)] == [1, 3, 4]


def test_every_package_says_what_is_in_it() -> None:
    packages = {name: text for name, text in sources() if name.endswith("__init__.py")}
    assert "interviewrelay/core/ports/__init__.py" in packages
    assert [
        name
        for name, text in packages.items()
        if not re.search(r"\w.*[.!]", ast.get_docstring(ast.parse(text)) or "")
    ] == []


def test_what_a_docstring_says_is_raised_exists() -> None:
    assert [
        f"{name}:{line}: {one}"
        for name, text in sources()
        if "aise" in text
        for line, said in docstrings(text)
        for one in raised(said)
        if not exists(one, used(text))
    ] == []


def test_a_name_in_a_module_that_a_docstring_names_exists() -> None:
    assert [
        f"{name}:{line}: {one}"
        for name, text in sources()
        for line, said in docstrings(text)
        for one in dotted(said)
        if one not in ELSEWHERE and not is_dotted(one)
    ] == []


@pytest.mark.parametrize(
    ("said", "names"),
    [
        (
            "Change it. Raises NotFound, and Conflict\n  once it is over.",
            ["NotFound", "Conflict"],
        ),
        ("Raises like `access.get_campaign`. An API.", ["access.get_campaign"]),
        ("`load` and `dump` raise BackupFault.", ["BackupFault"]),
        ("Never raises.", []),
    ],
)
def test_the_names_after_raises_are_read(said: str, names: list[str]) -> None:
    assert list(raised(said)) == names


@pytest.mark.parametrize("name", ["BackupFault", "access.campaign", "tidy_up_everything"])
def test_a_name_that_is_not_there_is_no_exception(name: str) -> None:
    assert not exists(name, set())
