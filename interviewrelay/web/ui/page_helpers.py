"""What page routes share: filters and parts of lists in the address, refusals as words."""

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


def part() -> Window:
    """The wanted part of a list: `limit` 25, 50 or 100, and `offset`."""
    limit, offset = _number("limit"), _number("offset")
    size = limit if limit in PAGE_SIZES else PAGE_SIZES[0]
    return Window(size, min(offset, requests.MOST_OFFSET))


def asked(name: str) -> str | None:
    """A filter of the address; an empty one is none."""
    return request.args.get(name, "").strip() or None


def picked(name: str, values: Sequence[str]) -> str | None:
    """A filter with a closed set of values; any other value filters nothing."""
    text = asked(name)
    return text if text in values else None


def pager(page: Page[Any], noun: str) -> dict[str, Any]:
    """What `ui.pagination` needs, with the filters kept in the links."""
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


def sizes(page: Page[Any]) -> list[tuple[int, str, bool]]:
    """How many rows a page may have: the number, the address with it, and whether it is so now."""
    return [(size, _with(limit=str(size)), size == page.limit) for size in PAGE_SIZES]


def done(address: str, message: str, category: str = "success") -> ResponseReturnValue:
    """Go to a page that says what was done."""
    flash(message, category)
    return redirect(address, 303)


def watched(part: str) -> Response:
    """A part of a page that is asked for again and again: 304 for who has it already."""
    response = make_response(part)
    response.set_etag(hashlib.sha256(part.encode()).hexdigest()[:32])
    response.make_conditional(request)
    return response


def again(
    template: str, refusal: Refusal, sentences: Mapping[str, str], **more: Any
) -> Response:
    """The form once more, with everything that was typed and what is wrong with it."""
    errors = problems(refusal, sentences)
    status = refusal.status if refusal.status != 402 else 400
    response = make_response(render_template(template, errors=errors, **more), status)
    response.headers.extend(refusal.headers)
    return response


def problems(refusal: Refusal, sentences: Mapping[str, str]) -> list[Problem]:
    """`{field, message}` of each thing that is wrong; words of the API's become the page's."""
    details = refusal.details
    found = details.get("errors") or [{**details, "message": refusal.message}]
    return [_problem(p.get("field", ""), p["message"], sentences) for p in found]


def one(field: str, message: str) -> InvalidParameter:
    return InvalidParameter.field(field, "string", message)


def typed(*names: str) -> dict[str, str]:
    """Fields of the form as they were typed."""
    form: MultiDict[str, str] = request.form
    return {name: form.get(name, "") for name in names}


def whole(text: str) -> int | str:
    """A number that was typed; what is none stays as it is, for the schema to refuse."""
    plain = text.strip().replace(formatting.THIN_SPACE, "").replace(" ", "")
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 10 else plain


def decimal(text: str) -> float | str:
    """Number that was typed, with a point or comma; what is none stays, for the schema to refuse."""
    plain = text.strip().replace(",", ".")
    return float(plain) if re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]{1,6})?", plain) else plain


def mails_leave() -> bool:
    """Whether a mail server is configured."""
    return bool(current_app.extensions["settings"].smtp_url)


def _problem(field: str, message: str, sentences: Mapping[str, str]) -> Problem:
    names_the_field = f"'{field}'" in message
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
    """The address as it is, but for these parts of it."""
    args = {**request.args.to_dict(), "offset": "", **changes}
    told = {name: value for name, value in args.items() if value}
    return f"{request.path}?{urlencode(told)}" if told else request.path
