"""Requests as every view may rely on them: no text of theirs holds what a database cannot keep."""

import re
from collections.abc import Callable
from typing import IO, Any, Final
from urllib.parse import unquote_to_bytes

from flask import Flask, Request
from werkzeug.datastructures import FileStorage, ImmutableMultiDict, MultiDict
from werkzeug.formparser import FormDataParser
from werkzeug.utils import cached_property

from interviewrelay.errors import HeadersTooLarge, InvalidParameter, UriTooLong

CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Control characters but tab and line breaks."""
LONGEST_ADDRESS: Final = 8 * 1024
LARGEST_HEADERS: Final = 16 * 1024
MOST_HEADERS: Final = 64


class CleanForms(FormDataParser):
    """Control characters that were pasted into a form are left out: nobody saw them anyway."""

    def parse(
        self,
        stream: IO[bytes],
        mimetype: str,
        content_length: int | None,
        options: dict[str, str] | None = None,
    ) -> tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]:
        stream, form, files = super().parse(stream, mimetype, content_length, options)
        return stream, _each(form, lambda text: CONTROL.sub("", text)), files


class Incoming(Request):
    form_data_parser_class = CleanForms

    @cached_property
    def args(self) -> MultiDict[str, str]:
        """The query; a control character becomes one that is part of no id and no number."""
        given: MultiDict[str, str] = super().args
        return ImmutableMultiDict(_each(given, lambda text: CONTROL.sub("\ufffd", text)))


def register(app: Flask) -> None:
    """Let every request be one, whatever others have made of requests before."""
    app.request_class = type("Both", (Incoming, app.request_class), {})


def measure(request: Request) -> None:
    """Raises UriTooLong and HeadersTooLarge."""
    given = request.environ
    if len(given.get("PATH_INFO", "")) + len(given.get("QUERY_STRING", "")) > LONGEST_ADDRESS:
        raise UriTooLong
    headers = [(name, value) for name, value in given.items() if name.startswith("HTTP_")]
    size = sum(len(name) + len(value) for name, value in headers)
    if size > LARGEST_HEADERS or len(headers) > MOST_HEADERS:
        raise HeadersTooLarge


def question(request: Request) -> None:
    """The query of an operation: UTF-8, and nothing in it twice. Raises InvalidParameter."""
    raw = request.environ.get("QUERY_STRING", "")
    try:
        unquote_to_bytes(raw).decode("utf-8")
    except UnicodeDecodeError:
        words = "The query of the address is not UTF-8 text"
        raise InvalidParameter.field("query", "UTF-8 text", words) from None
    for name, values in request.args.lists():
        if len(values) > 1:
            words = f"The '{name[:100]}' parameter is given twice"
            raise InvalidParameter.field(name[:100], "one value", words)


def _each(given: MultiDict[str, Any], clean: Callable[[str], str]) -> MultiDict[str, str]:
    return MultiDict([(clean(name), clean(text)) for name, text in given.items(multi=True)])
