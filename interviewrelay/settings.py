"""The settings: read once from the environment, typed, and loud when wrong.

None is needed to start. Each can also be given as NAME_FILE, the path of a file that holds it.
"""

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from interviewrelay import tokens

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class SettingsError(Exception):
    """A setting is wrong; the text is one sentence that says which and what it should be."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set from outside. Field names are the variables' in lower case."""

    instance_dir: Path
    host: str = "127.0.0.1"
    port: int = 8000
    base_url: str = ""
    secret_keys: tuple[str, ...] = ()
    database_url: str = ""
    redis_url: str = ""
    smtp_url: str = ""
    mail_from: str = "InterviewRelay <interviews@localhost>"
    mail_bounce: str = ""
    stripe_secret_key: str = ""
    stripe_webhook_secret: str = ""
    stripe_base_url: str = "https://api.stripe.com"
    llm_base_url: str = ""
    llm_api_key: str = field(default="", repr=False)
    llm_model: str = ""
    llm_session_tokens: int = 60_000
    llm_daily_tokens: int = 0
    llm_replace_personal_data: bool = True
    llm_allowed_cidrs: tuple[Network, ...] = ()
    semantic: str = "auto"
    semantic_model_dir: str = ""
    metrics_token: str = ""
    trusted_proxies: int = 0
    log_level: str = "INFO"
    threads: int = 8
    processes: int = 1
    ir_testing: bool = False

    @property
    def secure(self) -> bool:
        """Whether people reach us by https, so that cookies may only travel that way."""
        return self.base_url.startswith("https://")

    @property
    def hosts(self) -> set[str]:
        """The host names that we answer to, without ports."""
        own = {urlsplit(self.base_url).hostname or "", "localhost", "127.0.0.1", "::1"}
        return own | ({self.host} if self.host not in ("0.0.0.0", "::") else set())  # noqa: S104


def read(
    environment: Mapping[str, str] | None = None, *, new: bool = True, **overrides: Any
) -> Settings:
    """The settings of the environment (`os.environ` by default), with overrides on top.

    Makes the instance folder, where a `new` one is allowed, and on the first run its secret key.
    Raises SettingsError.
    """
    given = dict(os.environ if environment is None else environment)
    values = {
        known.name: text
        for known in fields(Settings)
        if (text := _given(given, known.name.upper())) is not None
    }
    values |= {name: str(value) for name, value in overrides.items() if value is not None}
    instance = Path(values.get("instance_dir", "instance")).resolve()
    if not new and not instance.is_dir():
        raise SettingsError(
            f"INSTANCE_DIR {instance} is not there: nothing has been served yet."
        )
    made: dict[str, Any] = {"instance_dir": _folder(instance)}
    for name, text in values.items():
        if name != "instance_dir":
            reader = _READERS.get(name)
            made[name] = reader(name.upper(), text) if reader else text
    made.setdefault("database_url", f"sqlite:///{instance / 'interviewrelay.db'}")
    if "secret_keys" not in made:
        made["secret_keys"] = _own_keys(instance)
    host, port = made.get("host", "127.0.0.1"), made.get("port", 8000)
    made.setdefault("base_url", f"http://{_shown(host)}:{port}")
    settings = Settings(**made)
    _together(settings)
    _stripe(settings)
    _model(settings)
    return settings


def _given(environment: Mapping[str, str], name: str) -> str | None:
    text, path = environment.get(name), environment.get(f"{name}_FILE")
    if path:
        if text:
            raise SettingsError(f"{name} and {name}_FILE are both set: keep one of them.")
        try:
            text = Path(path).read_text(encoding="utf-8")
        except OSError as fault:
            raise SettingsError(f"{name}_FILE cannot be read: {fault.strerror}.") from None
    return text.strip() if text and text.strip() else None


def _folder(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
        probe = path / f".writable.{os.getpid()}"  # others may be trying it too
        probe.touch()
        probe.unlink()
    except OSError as fault:
        raise SettingsError(
            f"INSTANCE_DIR {path} must be a folder that can be written to: {fault.strerror}."
        ) from None
    return path


def _own_keys(instance: Path) -> tuple[str, ...]:
    path = instance / "secret_keys"
    if not path.exists():
        part = path.with_name(f".secret_keys.{os.getpid()}")
        part.touch(mode=0o600)
        part.write_text(tokens.new_secret_key() + "\n", encoding="ascii")
        try:
            os.link(part, path)  # never over a key that another process made just now
        except FileExistsError:
            pass
        finally:
            part.unlink()
    return _keys("SECRET_KEYS", path.read_text(encoding="ascii"))


def _keys(name: str, text: str) -> tuple[str, ...]:
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


def _sender(name: str, text: str) -> str:
    if "@" not in text or any(ord(c) < 32 for c in text):
        raise SettingsError(f"{name} must be an address, such as 'Acme <studies@example.com>'.")
    return text


_READERS = {
    "port": _whole(1, 65535),
    "threads": _whole(1, 256),
    "processes": _whole(1, 64),
    "trusted_proxies": _whole(0, 10),
    "secret_keys": _keys,
    "base_url": _url("http", "https"),
    "database_url": _database,
    "redis_url": _url("redis", "rediss", "unix"),
    "smtp_url": _url("smtp", "smtps", "smtp+starttls"),
    "mail_from": _sender,
    "mail_bounce": _sender,
    "stripe_base_url": _url("http", "https"),
    "llm_base_url": _url("http", "https"),
    "llm_api_key": _ascii(1, 1_000),
    "llm_session_tokens": _whole(1_000, 10_000_000),
    "llm_daily_tokens": _whole(0, 999_999_999),
    "llm_replace_personal_data": _flag,
    "llm_allowed_cidrs": _networks,
    "semantic": _one_of("auto", "off", "on"),
    "metrics_token": _ascii(16, 200),
    "log_level": _one_of("DEBUG", "INFO", "WARNING", "ERROR"),
    "ir_testing": _flag,
}


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else ("127.0.0.1" if host == "0.0.0.0" else host)  # noqa: S104


def _together(settings: Settings) -> None:
    if settings.ir_testing and not is_loopback(settings.host):
        raise SettingsError(
            "IR_TESTING=1 lets callers set the clock, so HOST must be a loopback address."
        )
    if settings.processes > 1 and not hasattr(os, "fork"):
        raise SettingsError("PROCESSES must be 1 on this system, which cannot share a socket.")
    if urlsplit(settings.base_url).query or urlsplit(settings.base_url).path not in ("", "/"):
        raise SettingsError(
            "BASE_URL must be an origin without a path, such as https://interviews.example.com."
        )


def _stripe(settings: Settings) -> None:
    if bool(settings.stripe_secret_key) != bool(settings.stripe_webhook_secret):
        raise SettingsError(
            "STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET go together: without the second, nobody "
            "would get the credits that they paid for."
        )
    base = urlsplit(settings.stripe_base_url)
    if base.scheme == "http" and not is_loopback(base.hostname or ""):
        raise SettingsError("STRIPE_BASE_URL must begin with https://, except on this machine.")


def _model(settings: Settings) -> None:
    if bool(settings.llm_base_url) != bool(settings.llm_model):
        raise SettingsError("LLM_BASE_URL and LLM_MODEL go together.")
    if settings.llm_api_key and not settings.llm_base_url:
        raise SettingsError("LLM_API_KEY needs LLM_BASE_URL, the place that it opens.")
    base = urlsplit(settings.llm_base_url)
    inside = is_loopback(base.hostname or "") or settings.llm_allowed_cidrs
    if base.scheme == "http" and not inside:
        raise SettingsError(
            "LLM_BASE_URL must begin with https://, except on this machine and in LLM_ALLOWED_CIDRS."
        )


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
