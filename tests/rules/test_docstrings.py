"""Docstrings and comments begin with their subject: the noun that a stranger searches for."""

import ast
import io
import re
import tokenize

from tests.rules.test_source import sources

NO_SUBJECT = re.compile(r"(What|How|Where|Whether|Whoever|Whom|Somebody|Whatever) ")


def openings(text: str) -> list[tuple[int, str]]:
    """The line and the first words of every docstring and of every comment on a line of its own."""
    found = [
        (node.lineno, node.value.value.lstrip())
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    ]
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
