"""Model settings of an organization: the server's model, one of its own, or none."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from interviewrelay.core import clock
from interviewrelay.core.db.session import db, release_connection, transaction
from interviewrelay.core.errors import InvalidParameter
from interviewrelay.core.ids import new_id
from interviewrelay.core.ports.language_models import EndpointRefused
from interviewrelay.models import ModelChoice
from interviewrelay.organizations import access, audit_log
from interviewrelay.runtime import model_selection
from interviewrelay.runtime.model_selection import KeyUnreadable, ModelSelector
from interviewrelay.runtime.services import Services

log = logging.getLogger("interviewrelay.model")

WHOSE: Final = ("server", "own", "none")
TOLD: Final = {"server": "the server’s model", "own": "their own model, {}", "none": "no model"}
MOST_TOKENS: Final = 999_999_999
LONGEST_NAME: Final = 200
SHOWN: Final = 4
"""Characters shown at the end of an API key; none of a short one."""
SHORT: Final = 12

ELSEWHERE: Final = (
    "The base URL has changed, and the saved key belongs to the previous one. Enter a key for the "
    "new URL, or delete the saved key."
)
UNREADABLE: Final = "The stored key can no longer be read. Enter it again."

_KEY: Final = re.compile(r"[!-~]{1,1000}", re.ASCII)


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """Model settings as requested. Without a `key`, the stored key is kept unless it is to be
    deleted; without a `base_url`, a key is not used.
    """

    whose: str
    base_url: str = ""
    name: str = ""
    key: str = field(default="", repr=False)
    forgets_key: bool = False
    hides_personal_data: bool = True
    daily_tokens: int = 0


def save_model_settings(
    services: Services, org_id: str, wanted: ModelSettings, by: str | None = None
) -> ModelChoice:
    """Save the settings; they apply from the next answer on, in all processes. `by` is the person's
    email address.

    Raises InvalidParameter.
    """
    wanted = _tidy(wanted)
    InvalidParameter.raise_for(list(_problems(wanted)))
    _check(services.model_selector, model_selection.find_model_choice(org_id), wanted)
    with transaction():
        access.lock_organization(org_id)
        row = model_selection.find_model_choice(org_id) or ModelChoice(org_id=org_id)
        _keep_key(services.model_selector, row, wanted)
        row.version, row.whose = new_id(), wanted.whose
        row.base_url, row.name = wanted.base_url, wanted.name
        row.hides_personal_data = wanted.hides_personal_data
        row.daily_tokens = wanted.daily_tokens
        row.changed_at, row.changed_by = clock.now(), by
        db.session.add(row)
        audit_log.add_entry(org_id, "settings_model", TOLD[wanted.whose].format(wanted.name))
    log.info("model_chosen", extra={"org": org_id, "kind": wanted.whose})
    return row


def get_model_settings(row: ModelChoice | None) -> ModelSettings:
    """Current settings, as a base for partial changes."""
    if row is None:
        return ModelSettings("server")
    return ModelSettings(
        row.whose,
        row.base_url,
        row.name,
        hides_personal_data=row.hides_personal_data,
        daily_tokens=row.daily_tokens,
    )


def get_key_state(services: Services, row: ModelChoice) -> Literal["", "kept", "unreadable"]:
    """State of the stored key, never the key itself."""
    try:
        return "kept" if services.model_selector.decrypt_key(row) else ""
    except KeyUnreadable:
        return "unreadable"


def _tidy(wanted: ModelSettings) -> ModelSettings:
    """Strip characters that are copied along with a URL or a key."""
    base = wanted.base_url.strip().rstrip("/").removesuffix("/chat/completions")
    return replace(wanted, base_url=base, name=wanted.name.strip(), key=wanted.key.strip())


def _problems(wanted: ModelSettings) -> Iterator[tuple[str, str]]:
    """Invalid fields, each with what it should be."""
    if wanted.whose not in WHOSE:
        yield "whose", "Choose one of the three options."
    if wanted.whose == "own" or wanted.base_url or wanted.name or wanted.key:
        if not wanted.base_url:
            yield "base_url", "Enter the base URL, such as https://api.openai.com/v1."
        if not wanted.name:
            yield "name", "Enter the name that the endpoint uses for the model."
    if len(wanted.name) > LONGEST_NAME or not wanted.name.isprintable():
        yield "name", f"Enter a name of at most {LONGEST_NAME} visible characters."
    if wanted.key and not _KEY.fullmatch(wanted.key):
        yield "api_key", "Enter a key of at most 1,000 ASCII characters without spaces."
    if not 0 <= wanted.daily_tokens <= MOST_TOKENS:
        yield "daily_tokens", f"Enter a whole number of tokens up to {MOST_TOKENS:,}."


def _check(by: ModelSelector, was: ModelChoice | None, wanted: ModelSettings) -> None:
    """Check that a model may be called at this URL, if it is new or newly used.

    Raises InvalidParameter.
    """
    new = was is None or was.base_url != wanted.base_url
    if not wanted.base_url or not (new or wanted.whose == "own"):
        return
    release_connection()  # no transaction stays open during the DNS look-up
    try:
        by.check_url(wanted.base_url)
    except EndpointRefused as refused:
        raise _wrong("base_url", f"This address can’t be used: {refused}.") from None


def _keep_key(by: ModelSelector, row: ModelChoice, wanted: ModelSettings) -> None:
    """Store the new key, or the existing one, encrypted with the server's newest secret key.

    A key entered for one endpoint is not sent to another: otherwise anyone who may change the URL
    could capture it. Raises InvalidParameter.
    """
    key, last_four = wanted.key, wanted.key[-SHOWN:] if len(wanted.key) >= SHORT else ""
    if not key and row.sealed_key and wanted.base_url and not wanted.forgets_key:
        if model_selection.get_origin(row.base_url) != model_selection.get_origin(
            wanted.base_url
        ):
            raise _wrong("api_key", ELSEWHERE)
        try:
            key, last_four = by.decrypt_key(row), row.last_four
        except KeyUnreadable:
            if wanted.whose != "own":
                return  # it stays as it is
            raise _wrong("api_key", UNREADABLE) from None
    sealed = by.encrypt_key(row.org_id, wanted.base_url, key) if key else None
    row.sealed_key, row.last_four = sealed, last_four


def _wrong(field: str, message: str) -> InvalidParameter:
    return InvalidParameter.field(field, "string", message)
