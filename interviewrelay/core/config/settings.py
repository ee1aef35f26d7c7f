"""Settings: read once from the environment, parsed, and rejected with a clear message if invalid.

All are optional. Each can also be set with NAME_FILE, the path of a file that contains the value.
"""

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from datetime import time
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from interviewrelay.core.config.parsers import (
    Network,
    Reader,
    SettingsError,
    backup_place,
    bucket,
    contact,
    database,
    failpoint,
    flag,
    host,
    keys,
    mail_server,
    networks,
    one_of,
    origin,
    origins,
    ports,
    redis,
    sender,
    times,
    url,
    visible,
    whole,
)
from interviewrelay.core.config.program import get_default_instance
from interviewrelay.core.security import key_file

__all__ = ["CROWDED", "Network", "Settings", "SettingsError", "is_loopback", "read_settings"]

MOST_ON_SQLITE: Final = 2
CROWDED: Final = (
    "PROCESSES is {}, but SQLite cannot make use of more than two. Set PROCESSES to 1 or 2, or set "
    "DATABASE_URL to a PostgreSQL database"
)


def _read_by(reader: Reader, default: Any, *, shown: bool = True) -> Any:
    """Dataclass field for a setting that `reader` parses; secrets are not `shown` in logs."""
    return field(default=default, repr=shown, metadata={"reader": reader})


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. Field names are the names of the variables in lower case."""

    instance_dir: Path
    host: str = _read_by(host, "127.0.0.1")
    port: int = _read_by(whole(1, 65535), 8000)
    base_url: str = _read_by(origin, "")
    allowed_origins: tuple[str, ...] = _read_by(origins, ())
    security_contact: str = _read_by(contact, "")
    secret_keys: tuple[str, ...] = _read_by(keys, ())
    database_url: str = _read_by(database, "")
    redis_url: str = _read_by(redis, "")
    storage_url: str = _read_by(bucket, "")
    s3_endpoint_url: str = _read_by(url("http", "https"), "")
    s3_region: str = _read_by(visible(1, 64), "us-east-1")
    s3_access_key_id: str = _read_by(visible(1, 1_000), "", shown=False)
    s3_secret_access_key: str = _read_by(visible(1, 1_000), "", shown=False)
    backup_schedule: tuple[time, ...] = _read_by(times, ())
    backup_target: str = _read_by(backup_place, "")
    backup_keep: int = _read_by(whole(1, 1_000), 14)
    backup_before_upgrade: bool = _read_by(flag, default=True)
    smtp_url: str = _read_by(mail_server, "")
    mail_from: str = _read_by(sender, "InterviewRelay <interviews@localhost>")
    mail_bounce: str = _read_by(sender, "")
    stripe_secret_key: str = ""
    stripe_webhook_secret: str = ""
    stripe_base_url: str = _read_by(url("http", "https"), "https://api.stripe.com")
    llm_base_url: str = _read_by(url("http", "https"), "")
    llm_api_key: str = _read_by(visible(1, 1_000), "", shown=False)
    llm_model: str = ""
    llm_session_tokens: int = _read_by(whole(1_000, 10_000_000), 300_000)
    llm_context_tokens: int = _read_by(whole(4_000, 1_000_000), 16_000)
    llm_max_tokens: int = _read_by(whole(200, 32_000), 1_000)
    llm_patience_seconds: int = _read_by(whole(1, 30), 8)
    llm_reasoning: str = _read_by(one_of("", "none", "minimal", "low", "medium", "high"), "")
    llm_daily_tokens: int = _read_by(whole(0, 999_999_999), 0)
    llm_replace_personal_data: bool = _read_by(flag, default=True)
    llm_allowed_cidrs: tuple[Network, ...] = _read_by(networks, ())
    llm_local_ports: tuple[int, ...] = _read_by(ports, (11434, 1234, 8080, 8000))
    stt_base_url: str = _read_by(url("http", "https"), "")
    stt_api_key: str = _read_by(visible(1, 1_000), "", shown=False)
    stt_model: str = ""
    tts_base_url: str = _read_by(url("http", "https"), "")
    tts_api_key: str = _read_by(visible(1, 1_000), "", shown=False)
    tts_model: str = ""
    tts_voice: str = ""
    speech_allowed_cidrs: tuple[Network, ...] = _read_by(networks, ())
    voice: str = _read_by(one_of("auto", "off", "on"), "auto")
    voice_model_dir: str = ""
    webhook_allowed_cidrs: tuple[Network, ...] = _read_by(networks, ())
    semantic: str = _read_by(one_of("auto", "off", "on"), "auto")
    semantic_model_dir: str = ""
    metrics_token: str = _read_by(visible(16, 200), "")
    sentry_dsn: str = _read_by(url("http", "https"), "", shown=False)
    otel_exporter_otlp_endpoint: str = _read_by(url("http", "https"), "")
    otel_exporter_otlp_headers: str = _read_by(visible(1, 2_000), "", shown=False)
    trusted_proxies: int = _read_by(whole(0, 10), 0)
    log_level: str = _read_by(one_of("DEBUG", "INFO", "WARNING", "ERROR"), "")
    threads: int = _read_by(whole(1, 256), 8)
    processes: int = _read_by(whole(1, 64), 1)
    documentation: str = _read_by(one_of("public", "members", "off"), "public")
    design_page: bool = _read_by(flag, default=False)
    hold_outgoing: bool = _read_by(flag, default=False)
    ir_testing: bool = _read_by(flag, default=False)
    ir_failpoint: str = _read_by(failpoint, "")
    secret_keys_at: Path | None = field(default=None, metadata={"derived": True}, compare=False)
    """Path of the key file; None when the keys come from the environment."""

    @property
    def secure(self) -> bool:
        """True if the base URL is https, so that cookies are marked Secure."""
        return self.base_url.startswith("https://")

    @property
    def database_file(self) -> Path | None:
        """Path of the SQLite file; None for another database."""
        kind, _, path = self.database_url.partition("sqlite:///")
        return Path(path) if not kind and path not in ("", ":memory:") else None

    @property
    def backs_up_to_bucket(self) -> bool:
        """True if scheduled backups go to a bucket."""
        return self.backup_target.startswith("s3://")

    @property
    def backup_folder(self) -> Path:
        """Folder in which backups are created; those for a bucket are sent on from there."""
        if self.backup_target and not self.backs_up_to_bucket:
            return Path(self.backup_target)
        return self.instance_dir / "backups"

    @property
    def crowded(self) -> bool:
        """True if there are more processes than SQLite can use: beyond that they only wait for each
        other.
        """
        return self.database_file is not None and self.processes > MOST_ON_SQLITE

    @property
    def hosts(self) -> set[str]:
        """Host names that the server answers to, without ports."""
        own = {urlsplit(self.base_url).hostname or "", "localhost", "127.0.0.1", "::1"}
        return own | ({self.host} if self.host not in ("0.0.0.0", "::") else set())  # noqa: S104


def read_settings(
    environment: Mapping[str, str] | None = None,
    *,
    new: bool = True,
    beside: bool = False,
    looking: bool = False,
    **overrides: Any,
) -> Settings:
    """Read the settings from the environment (`os.environ` by default), with overrides.

    `new` allows creating the instance folder; the first run creates the secret key. `beside` allows
    creating a key even if the database is on another machine. `looking` allows a read-only folder.
    Raises SettingsError.
    """
    given = dict(os.environ if environment is None else environment)
    values = {
        known.name: text
        for known in list_settable_fields()
        if (text := _given(given, known.name.upper())) is not None
    }
    values |= {name: str(value) for name, value in overrides.items() if value is not None}
    instance = Path(values.pop("instance_dir", get_default_instance())).resolve()
    new = new or (beside and values.get("database_url", "").startswith("postgres"))
    if not new and not instance.is_dir():
        raise SettingsError(
            f"INSTANCE_DIR {instance} does not exist. Check the path, or start the server first."
        )
    made: dict[str, Any] = {"instance_dir": instance if looking else _folder(instance)}
    readers = {known.name: known.metadata.get("reader") for known in list_settable_fields()}
    for name, text in values.items():
        reader = readers[name]
        made[name] = reader(name.upper(), text) if reader else text
    if "database_url" not in made and "?" in str(instance):
        raise SettingsError(
            "The path in INSTANCE_DIR must not contain a ?, because it is part of the database URL."
        )
    made.setdefault("database_url", f"sqlite:///{instance / 'interviewrelay.db'}")
    if "secret_keys" not in made:
        made["secret_keys_at"] = own = instance / "secret_keys"
        made["secret_keys"] = keys("SECRET_KEYS", _made_once(own))
    elif given.get("SECRET_KEYS_FILE"):
        made["secret_keys_at"] = Path(given["SECRET_KEYS_FILE"]).resolve()
    host, port = made.get("host", "127.0.0.1"), made.get("port", 8000)
    made.setdefault("base_url", f"http://{_shown(host)}:{port}")
    settings = Settings(**made)
    for check in (_together, _stripe, _services, _files, _backups):
        check(settings)
    return settings


@dataclass(frozen=True, slots=True)
class ClientSettings:
    """Settings of a client of the HTTP API: the server's address, and a key if there is one."""

    url: str
    api_key: str = field(default="", repr=False)


def read_client_settings(
    url: str | None = None, environment: Mapping[str, str] | None = None
) -> ClientSettings:
    """Read the settings of a client; `url` comes before INTERVIEWRELAY_BASE_URL, which the SDKs read
    too, and before the address of a server with this environment. No folder is needed.

    Raises SettingsError.
    """
    given = os.environ if environment is None else environment
    own_host = _shown(host("HOST", _given(given, "HOST") or "127.0.0.1"))
    own_port = whole(1, 65535)("PORT", _given(given, "PORT") or "8000")
    known = {
        "--url": url,
        "INTERVIEWRELAY_BASE_URL": _given(given, "INTERVIEWRELAY_BASE_URL"),
        "BASE_URL": _given(given, "BASE_URL"),
        "HOST": f"http://{own_host}:{own_port}",
    }
    name, at = next((name, text) for name, text in known.items() if text)
    key = _given(given, "INTERVIEWRELAY_API_KEY")
    return ClientSettings(
        origin(name, at), visible(1, 1_000)("INTERVIEWRELAY_API_KEY", key) if key else ""
    )


def list_settable_fields() -> list[Field[Any]]:
    """Fields that a variable can set."""
    return [known for known in fields(Settings) if not known.metadata.get("derived")]


def _given(environment: Mapping[str, str], name: str) -> str | None:
    text, path = environment.get(name), environment.get(f"{name}_FILE")
    if path:
        if text:
            raise SettingsError(f"{name} and {name}_FILE are both set. Set only one of them.")
        try:
            text = Path(path).read_text(encoding="utf-8")
        except OSError as fault:
            raise SettingsError(f"{name}_FILE cannot be read: {fault.strerror}.") from None
        except UnicodeDecodeError:
            raise SettingsError(f"{name}_FILE must be the path of a UTF-8 text file.") from None
        if not text.strip():
            raise SettingsError(f"The file in {name}_FILE is empty. Put the value in it.")
    return text.strip() if text and text.strip() else None


def _made_once(path: Path) -> str:
    try:
        return key_file.load_or_create(path)
    except OSError as fault:
        raise SettingsError(f"{path} cannot be read or created: {fault.strerror}.") from None


def _folder(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
        # another process may probe the folder at the same time
        probe = path / f".writable.{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as fault:
        raise SettingsError(
            f"INSTANCE_DIR {path} must be a writable folder: {fault.strerror}."
        ) from None
    return path


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else ("127.0.0.1" if host == "0.0.0.0" else host)  # noqa: S104


def _together(settings: Settings) -> None:
    if settings.ir_testing and not is_loopback(settings.host):
        raise SettingsError(
            "IR_TESTING=1 lets callers set the clock, so HOST must be a loopback address."
        )
    if settings.ir_failpoint and not settings.ir_testing:
        raise SettingsError(
            "IR_FAILPOINT makes the server crash or hang, for tests only. It requires IR_TESTING=1."
        )
    if settings.processes > 1 and not hasattr(os, "fork"):
        raise SettingsError(
            "PROCESSES must be 1, because this system cannot share a socket among processes."
        )


def _stripe(settings: Settings) -> None:
    if bool(settings.stripe_secret_key) != bool(settings.stripe_webhook_secret):
        raise SettingsError(
            "Set both STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET, or neither. Without the second, "
            "paid credits are never added."
        )
    base = urlsplit(settings.stripe_base_url)
    if base.scheme == "http" and not is_loopback(base.hostname or ""):
        raise SettingsError(
            "STRIPE_BASE_URL must start with https:// unless it points to this machine."
        )


def _services(settings: Settings) -> None:
    model = settings.llm_base_url, settings.llm_model, settings.llm_api_key
    ears = settings.stt_base_url, settings.stt_model, settings.stt_api_key
    voice = settings.tts_base_url, settings.tts_model, settings.tts_api_key
    inside = "SPEECH_ALLOWED_CIDRS", settings.speech_allowed_cidrs
    _service("LLM", *model, ("LLM_ALLOWED_CIDRS", settings.llm_allowed_cidrs))
    _service("STT", *ears, inside)
    _service("TTS", *voice, inside)
    if settings.tts_voice and not settings.tts_base_url:
        raise SettingsError("TTS_VOICE requires TTS_BASE_URL. It is a voice of that service.")


def _service(
    name: str, base_url: str, model: str, key: str, allowed: tuple[str, tuple[Network, ...]]
) -> None:
    """Settings of a service that is compatible with OpenAI; `allowed` are the variable and the networks
    that may be called with plain http.
    """
    if bool(base_url) != bool(model):
        raise SettingsError(f"Set both {name}_BASE_URL and {name}_MODEL, or neither.")
    if key and not base_url:
        raise SettingsError(
            f"{name}_API_KEY requires {name}_BASE_URL. Set it to the URL that the key is for."
        )
    base, (variable, inside) = urlsplit(base_url), allowed
    if base.scheme == "http" and not (is_loopback(base.hostname or "") or inside):
        raise SettingsError(
            f"{name}_BASE_URL must start with https:// unless it points to this machine or a network "
            f"in {variable}."
        )


def _files(settings: Settings) -> None:
    if bool(settings.s3_access_key_id) != bool(settings.s3_secret_access_key):
        raise SettingsError("Set both S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY, or neither.")


def _backups(settings: Settings) -> None:
    target, files = settings.backup_target, settings.storage_url
    if target and not settings.backup_schedule:
        raise SettingsError(
            "BACKUP_TARGET requires BACKUP_SCHEDULE, such as 03:15. Without it, nothing is backed up."
        )
    if settings.backs_up_to_bucket and not settings.s3_access_key_id:
        raise SettingsError(
            "BACKUP_TARGET is a bucket, which requires S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY."
        )
    if files and f"{target}/".startswith(f"{files}/"):
        raise SettingsError(
            "BACKUP_TARGET must be outside STORAGE_URL, or each backup would contain the others."
        )


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
