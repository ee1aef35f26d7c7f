"""The client's methods against the server's own OpenAPI document: nothing is missing."""

import inspect
import re
from typing import Any
from urllib.parse import unquote

import pytest

from interviewrelay_client import Client, error_codes
from interviewrelay_client.operation import _Described
from interviewrelay_client.request import Listing, Request

VERBS = ("get", "post", "put", "patch", "delete")


def methods() -> dict[str, tuple[_Described[Any, Any], Request[Any]]]:
    """Description and request of each method, with its own arguments' names as values."""
    found = {}
    client = Client("key", base_url="http://127.0.0.1")
    for resource, group in vars(client).items():
        for name, one in vars(type(group)).items():
            if isinstance(one, _Described):
                made = one._describe(group, **_values(one._describe))
                asked = made.request if isinstance(made, Listing) else made
                found[f"{resource}.{name}"] = (one, asked)
    client.close()
    return found


def _values(describe: Any) -> dict[str, Any]:
    names = [name for name in inspect.signature(describe).parameters if name != "self"]
    return {name: b"sound" if name in ("audio", "content") else f"{{{name}}}" for name in names}


def operation_of(request: Request[Any]) -> str:
    return f"{request.method} {unquote(request.path)}"


def operations(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        f"{verb.upper()} {path}": told
        for path, item in document["paths"].items()
        for verb, told in item.items()
        if verb in VERBS and "x-alias-of" not in told
    }


def fields(document: dict[str, Any], told: dict[str, Any]) -> set[str]:
    """Names of the parameters and of the fields of the body."""
    names = {one["name"] for one in told.get("parameters", ()) if "name" in one}
    for media in told.get("requestBody", {}).get("content", {}).values():
        schema = media["schema"]
        if "$ref" in schema:
            schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        names |= set(schema.get("properties", ()))
    return names


def test_every_operation_of_the_document_has_a_method(document: dict[str, Any]) -> None:
    mine = {operation_of(asked) for _, asked in methods().values()}
    theirs = set(operations(document))
    assert mine == theirs


def test_every_operation_of_the_reference_has_a_method() -> None:
    known = {operation_of(asked): name for name, (_, asked) in methods().items()}
    by_path = {re.sub(r"{\w+}", ":x", one): name for one, name in known.items()}
    for one in (
        "POST /api/campaigns", "GET /api/campaigns", "GET /api/campaigns/:x",
        "POST /api/campaigns/:x/invites", "GET /api/invites/:x", "GET /api/sessions",
        "GET /api/sessions/:x", "GET /api/session/:x/transcript", "GET /api/session/:x/pdf",
        "GET /api/session/:x/audio", "POST /api/projects", "GET /api/projects",
        "GET /api/billing/credits", "GET /api/billing/usage", "GET /api/admin/credits/summary",
    ):  # fmt: skip
        assert one in by_path, one


def test_methods_take_every_parameter_and_field(document: dict[str, Any]) -> None:
    taken: dict[str, set[str]] = {}
    for one, asked in methods().values():
        names = set(inspect.signature(one._describe).parameters)
        taken.setdefault(operation_of(asked), set()).update(names)
    missing = {
        key: fields(document, told) - taken[key] - {"Accept", "Range"}
        for key, told in operations(document).items()
    }
    allowed = {"format"}  # the method says it by its name
    assert {key: names for key, names in missing.items() if names - allowed} == {}


def test_what_takes_an_idempotency_key_sends_one(document: dict[str, Any]) -> None:
    wanted = {
        key
        for key, told in operations(document).items()
        if any("IdempotencyKey" in one.get("$ref", "") for one in told["parameters"])
    }
    sent = {operation_of(asked) for _, asked in methods().values() if asked.takes_key}
    assert sent == wanted


def test_every_error_code_has_a_class(document: dict[str, Any]) -> None:
    assert set(error_codes.BY_CODE) == {one["code"] for one in document["x-codes"]}


def test_every_method_is_described() -> None:
    assert [name for name, (one, _) in methods().items() if not one.__doc__] == []


@pytest.mark.parametrize("value", ["", ".", ".."])
def test_an_id_cannot_lead_elsewhere(value: str) -> None:
    with Client("key", base_url="http://127.0.0.1") as client, pytest.raises(ValueError):
        client.projects.delete(value)
