"""Page helpers: filters and pagination in URLs, and errors as text."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from flask import (
    Response,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
)
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from interviewrelay.core.db.pagination import Page, Window
from interviewrelay.core.errors import InvalidParameter, Refusal
from interviewrelay.web.http import requests
from interviewrelay.web.ui import formatting

PAGE_SIZES: Final = (25, 50, 100)

Problem = dict[str, str]


def read_window() -> Window:
    """Requested page of a list: `limit` 25, 50 or 100, and `offset`."""
    limit, offset = _number("limit"), _number("offset")
    size = limit if limit in PAGE_SIZES else PAGE_SIZES[0]
    return Window(size, min(offset, requests.MOST_OFFSET))


def read_choice(name: str, values: Sequence[str]) -> str | None:
    """Filter with a closed set of values; any other value is ignored."""
    text = requests.filter_value(name)
    return text if text in values else None


def build_pager(page: Page[Any], noun: str) -> dict[str, Any]:
    """Values for `ui.pagination`, with filters kept in the links."""
    last = page.offset + len(page.items)
    back = max(0, page.offset - page.limit)
    return {
        "first": page.offset + 1 if page.items else 0,
        "last": last,
        "total": ("more than " if page.capped else "") + formatting.thin(page.total),
        "previous": _at(back) if page.offset else "",
        "next": _at(last) if page.next_cursor else "",
        "noun": noun,
    }


def list_page_sizes(page: Page[Any]) -> list[tuple[int, str, bool]]:
    """Page sizes: number, URL, and whether it is current."""
    return [(size, _with(limit=str(size)), size == page.limit) for size in PAGE_SIZES]


def redirect_with_message(
    address: str, message: str, category: str = "success"
) -> ResponseReturnValue:
    """Redirect to a page with a confirmation."""
    flash(message, category)
    return redirect(address, 303)


def conditional_response(part: str) -> Response:
    """Polled part of a page: 304 if unchanged."""
    response = make_response(part)
    response.set_etag(hashlib.sha256(part.encode()).hexdigest()[:32])
    response.make_conditional(request)
    return response


def render_again(
    template: str, refusal: Refusal, sentences: Mapping[str, str], **more: Any
) -> Response:
    """Form again, with everything typed and its errors."""
    errors = list_problems(refusal, sentences)
    status = refusal.status if refusal.status != 402 else 400
    response = make_response(render_template(template, errors=errors, **more), status)
    response.headers.extend(refusal.headers)
    return response


def list_problems(refusal: Refusal, sentences: Mapping[str, str]) -> list[Problem]:
    """List the problems as `{field, message}`, with the page's `sentences` in place of the API's."""
    details = refusal.details
    found = details.get("errors") or [{**details, "message": refusal.message}]
    return [_problem(p.get("field", ""), p["message"], sentences) for p in found]


def build_problem(field: str, message: str) -> InvalidParameter:
    return InvalidParameter.field(field, "string", message)


def read_typed(*names: str) -> dict[str, str]:
    """Form fields as typed."""
    form: MultiDict[str, str] = request.form
    return {name: form.get(name, "") for name in names}


def parse_number(text: str) -> int | str:
    """Typed number; other text stays for the schema to refuse."""
    plain = text.strip().replace(formatting.THIN_SPACE, "").replace(" ", "")
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 10 else plain


def parse_amount(text: str) -> int | None:
    """Amount; None for an empty field, -1 for text that is no number, which is then refused."""
    number = parse_number(text)
    return (number if isinstance(number, int) else -1) if text.strip() else None


def decimal(text: str) -> float | str:
    """Parse a number typed with a decimal point or comma; other text stays for the schema to
    refuse.
    """
    plain = text.strip().replace(",", ".")
    return float(plain) if re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]{1,6})?", plain) else plain


def is_mail_configured() -> bool:
    """True if a mail server is set up."""
    return bool(current_app.extensions["settings"].smtp_url)


def _problem(field: str, message: str, sentences: Mapping[str, str]) -> Problem:
    names_the_field = f"'{field}'" in message
    field = re.sub(r"\.\d+$", "", field)  # one item of a list: the form has one field for all
    return {
        "field": field,
        "message": sentences.get(field, message) if names_the_field else message,
    }


def _number(name: str) -> int:
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _at(offset: int) -> str:
    return _with(offset=str(offset) if offset else "")


def _with(**changes: str) -> str:
    """Current URL with these query parameters replaced."""
    args = {**request.args.to_dict(), "offset": "", **changes}
    told = {name: value for name, value in args.items() if value}
    return f"{request.path}?{urlencode(told)}" if told else request.path
