"""Each setting's text as what it stands for, or a sentence that says what it should be."""

import ipaddress
import re
from typing import Any, Final
from urllib.parse import urlsplit

from interviewrelay import failpoints

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class SettingsError(Exception):
    """A setting is wrong; the text is one sentence that says which and what it should be."""


def keys(name: str, text: str) -> tuple[str, ...]:
    keys = tuple(key.strip() for key in text.split(",") if key.strip())
    if not keys or any(len(key) < 32 for key in keys):
        raise SettingsError(
            f"{name} must be keys of at least 32 characters, newest first, with commas between."
        )
    return keys


def _whole(low: int, high: int) -> Any:
    def read_number(name: str, text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text, re.ASCII) or not low <= int(text) <= high:
            raise SettingsError(
                f"{name} must be a whole number from {low} to {high}: {text!r}."
            )
        return int(text)

    return read_number


def _url(*schemes: str) -> Any:
    def read_url(name: str, text: str) -> str:
        parts = urlsplit(text)
        if parts.scheme not in schemes or not (parts.netloc or parts.path):
            raise SettingsError(
                f"{name} must be an address that begins with {' or '.join(s + '://' for s in schemes)}."
            )
        return text.rstrip("/")

    return read_url


def _database(name: str, text: str) -> str:
    if text.startswith(("postgres://", "postgresql://")):
        return "postgresql+psycopg://" + text.split("://", 1)[1]
    if text.startswith(("postgresql+psycopg://", "sqlite:///")):
        return text
    raise SettingsError(f"{name} must begin with sqlite:/// or postgresql://.")


def _ascii(low: int, high: int) -> Any:
    def read_ascii(name: str, text: str) -> str:
        if not re.fullmatch(rf"[!-~]{{{low},{high}}}", text):
            raise SettingsError(f"{name} must be {low} to {high} visible characters of ASCII.")
        return text

    return read_ascii


def _networks(name: str, text: str) -> tuple[Network, ...]:
    try:
        return tuple(ipaddress.ip_network(part.strip()) for part in text.split(","))
    except ValueError:
        raise SettingsError(
            f"{name} must be networks with commas between, such as 10.0.0.0/8,fd00::/8."
        ) from None


def _one_of(*known: str) -> Any:
    def read_one(name: str, text: str) -> str:
        for one in known:
            if one.lower() == text.lower():
                return one
        raise SettingsError(f"{name} must be {', '.join(known[:-1])} or {known[-1]}.")

    return read_one


def _flag(name: str, text: str) -> bool:
    if text.lower() not in ("0", "1", "true", "false"):
        raise SettingsError(f"{name} must be 1 or 0.")
    return text.lower() in ("1", "true")


def _failpoint(name: str, text: str) -> str:
    if text.partition(":")[0] not in failpoints.NAMES:
        raise SettingsError(f"{name} must be one of {', '.join(failpoints.NAMES)}.")
    return text


def _sender(name: str, text: str) -> str:
    if "@" not in text or any(ord(c) < 32 for c in text):
        raise SettingsError(
            f"{name} must be a mail address, such as 'Acme Labs <studies@example.com>'."
        )
    return text


READERS: Final[dict[str, Any]] = {
    "port": _whole(1, 65535),
    "threads": _whole(1, 256),
    "processes": _whole(1, 64),
    "trusted_proxies": _whole(0, 10),
    "secret_keys": keys,
    "base_url": _url("http", "https"),
    "database_url": _database,
    "redis_url": _url("redis", "rediss", "unix"),
    "smtp_url": _url("smtp", "smtps", "smtp+starttls"),
    "mail_from": _sender,
    "stripe_base_url": _url("http", "https"),
    "llm_base_url": _url("http", "https"),
    "llm_api_key": _ascii(1, 1_000),
    "llm_session_tokens": _whole(1_000, 10_000_000),
    "llm_daily_tokens": _whole(0, 999_999_999),
    "llm_replace_personal_data": _flag,
    "llm_allowed_cidrs": _networks,
    "webhook_allowed_cidrs": _networks,
    "semantic": _one_of("auto", "off", "on"),
    "metrics_token": _ascii(16, 200),
    "log_level": _one_of("DEBUG", "INFO", "WARNING", "ERROR"),
    "ir_testing": _flag,
    "ir_failpoint": _failpoint,
}
