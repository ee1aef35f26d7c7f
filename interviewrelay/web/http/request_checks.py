"""Request checks for every view: no text contains characters that a database cannot store."""

import re
from collections.abc import Callable, Mapping
from typing import IO, Any, Final
from urllib.parse import unquote_to_bytes

from flask import Flask, Request
from werkzeug.datastructures import FileStorage, ImmutableMultiDict, MultiDict
from werkzeug.formparser import FormDataParser
from werkzeug.utils import cached_property

from interviewrelay.core.errors import HeadersTooLarge, InvalidParameter, UriTooLong
from interviewrelay.core.strict_json import CONTROL

_PLAIN: Final = re.compile(r"[!-$&-~]*")
"""Query without percent signs, whose characters are literal."""
LONGEST_ADDRESS: Final = 8 * 1024
LARGEST_HEADERS: Final = 16 * 1024
MOST_HEADERS: Final = 64


class CleanFormParser(FormDataParser):
    """Form parser that removes control characters, which were pasted unseen."""

    def parse(
        self,
        stream: IO[bytes],
        mimetype: str,
        content_length: int | None,
        options: dict[str, str] | None = None,
    ) -> tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]:
        stream, form, files = super().parse(stream, mimetype, content_length, options)
        return stream, _each(form, lambda text: CONTROL.sub("", text)), files


class CheckedRequest(Request):
    form_data_parser_class = CleanFormParser

    def __init__(self, environ: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        """Ignore a slash at the end of the path: `/api/projects/` is `/api/projects`."""
        path = environ.get("PATH_INFO", "")
        if path.endswith("/") and path != "/":
            environ["PATH_INFO"] = path[:-1]
        super().__init__(environ, *args, **kwargs)

    @cached_property
    def args(self) -> MultiDict[str, str]:
        """Query parameters; a control character is replaced by one that no id or number contains."""
        given: MultiDict[str, str] = super().args
        if _PLAIN.fullmatch(self.environ.get("QUERY_STRING", "")):
            return given
        return ImmutableMultiDict(_each(given, lambda text: CONTROL.sub("\ufffd", text)))


def register(app: Flask) -> None:
    """Use the checked request class, whatever other extensions have set."""
    app.request_class = type("Both", (CheckedRequest, app.request_class), {})


def check_size(given: Mapping[str, Any]) -> None:
    """Check sizes in the server's environment. Raises UriTooLong and HeadersTooLarge."""
    if len(given.get("PATH_INFO", "")) + len(given.get("QUERY_STRING", "")) > LONGEST_ADDRESS:
        raise UriTooLong
    sizes = [len(name) + len(given[name]) for name in given if name.startswith("HTTP_")]
    if sum(sizes) > LARGEST_HEADERS or len(sizes) > MOST_HEADERS:
        raise HeadersTooLarge


def check_query(request: Request) -> None:
    """Query of an API operation: UTF-8, without duplicates. Raises InvalidParameter."""
    raw = request.environ.get("QUERY_STRING", "")
    if not raw:
        return
    if not _PLAIN.fullmatch(raw):
        try:
            unquote_to_bytes(raw).decode("utf-8")
        except UnicodeDecodeError:
            words = "The query string is not UTF-8 text"
            raise InvalidParameter.field("query", "UTF-8 text", words) from None
    for name, values in request.args.lists():
        if len(values) > 1:
            words = f"The '{name[:100]}' parameter appears more than once"
            raise InvalidParameter.field(name[:100], "one value", words)


def _each(given: MultiDict[str, Any], clean: Callable[[str], str]) -> MultiDict[str, str]:
    return MultiDict([(clean(name), clean(text)) for name, text in given.items(multi=True)])
