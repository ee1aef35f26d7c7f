"""Settings: none is needed, and a wrong one is said in one sentence."""

import os
import stat
import subprocess
import sys

import pytest

from interviewrelay.core.config import settings
from interviewrelay.core.config.parsers import SettingsError

KEY = "k" * 32


def read(tmp_path, **given):
    return settings.read_settings({"INSTANCE_DIR": str(tmp_path / "here"), **given})


def test_nothing_has_to_be_set(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = settings.read_settings({})
    assert made.instance_dir == tmp_path / "instance"
    assert made.instance_dir.is_dir()
    assert made.database_url == f"sqlite:///{tmp_path}/instance/interviewrelay.db"
    assert made.base_url == "http://127.0.0.1:8000"
    assert not made.secure
    assert not made.ir_testing


def test_everything_can_be_set(tmp_path):
    made = read(
        tmp_path,
        HOST="0.0.0.0",
        PORT="9000",
        BASE_URL="https://interviews.example.com/",
        SECRET_KEYS=f"{KEY}new , {KEY}old",
        DATABASE_URL="postgres://u:p@db/ir",
        REDIS_URL="redis://127.0.0.1/0",
        SMTP_URL="smtps://u:p@mail.example.com:465",
        MAIL_FROM="Acme Labs <studies@example.com>",
        TRUSTED_PROXIES="1",
        LOG_LEVEL="debug",
        THREADS="3",
    )
    assert made.secret_keys == (f"{KEY}new", f"{KEY}old")
    assert made.base_url == "https://interviews.example.com"
    assert made.database_url == "postgresql+psycopg://u:p@db/ir"
    assert (made.port, made.trusted_proxies, made.threads) == (9000, 1, 3)
    assert made.log_level == "DEBUG"
    assert made.secure
    assert made.hosts == {"interviews.example.com", "localhost", "127.0.0.1", "::1"}


def test_overrides_win_over_the_environment(tmp_path):
    made = settings.read_settings(
        {"INSTANCE_DIR": str(tmp_path), "PORT": "9000"}, port=9001, host=None
    )
    assert made.port == 9001
    assert made.host == "127.0.0.1"
    assert made.base_url == "http://127.0.0.1:9001"


@pytest.mark.parametrize(
    ("host", "base"),
    [
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::1", "http://[::1]:8000"),
        ("box", "http://box:8000"),
    ],
)
def test_the_base_url_follows_the_host(tmp_path, host, base):
    made = read(tmp_path, HOST=host)
    assert made.base_url == base
    assert ("box" in made.hosts) == (host == "box")


def test_origins_and_a_contact_are_read(tmp_path):
    made = read(
        tmp_path,
        ALLOWED_ORIGINS="https://App.example.com, http://localhost:3000",
        SECURITY_CONTACT="safe@example.com",
    )
    assert made.allowed_origins == ("https://app.example.com", "http://localhost:3000")
    assert made.security_contact == "mailto:safe@example.com"
    page = "https://example.com/security?a=b"
    assert read(tmp_path, SECURITY_CONTACT=page).security_contact == page
    assert read(tmp_path, ALLOWED_ORIGINS="*").allowed_origins == ("*",)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"), ("PORT", "65536"), ("PORT", "80a"), ("PORT", "8_0"), ("PORT", "-1"),
        ("PORT", "٨٠"), ("THREADS", "0"), ("THREADS", "257"), ("PROCESSES", "0"), ("PROCESSES", "65"),
        ("METRICS_TOKEN", "short"),
        ("METRICS_TOKEN", "a token with blanks in it"),
        ("TRUSTED_PROXIES", "11"),
        ("SECRET_KEYS", "short"), ("SECRET_KEYS", ","), ("SECRET_KEYS", KEY + ",short"),
        ("BASE_URL", "interviews.example.com"), ("BASE_URL", "ftp://example.com"),
        ("BASE_URL", "https://"), ("BASE_URL", "https://example.com/path"),
        ("BASE_URL", "https://example.com?a=b"), ("DATABASE_URL", "mysql://db"),
        ("BASE_URL", "https://example.com?"), ("BASE_URL", "https://example.com#"),
        ("ALLOWED_ORIGINS", "app.example.com"), ("ALLOWED_ORIGINS", "https://a.example, https://b.example/x"),
        ("SECURITY_CONTACT", "me"), ("SECURITY_CONTACT", "http://a.example"), ("SECURITY_CONTACT", "a b@c.example"),
        ("BASE_URL", "https://user:pw@example.com"), ("BASE_URL", "https://example.com/#here"),
        ("REDIS_URL", "http://redis"), ("REDIS_URL", "redis://127.0.0.1:6379/notanumber"),
        ("REDIS_URL", "redis://redis/0?x=y"), ("SMTP_URL", "mail.example.com"),
        ("SMTP_URL", "smtp://mail.example.com/path"), ("SMTP_URL", "smtp://mail.example.com?x=y"),
        ("SMTP_URL", "smtp://user@mail.example.com"), ("MAIL_FROM", "a@b.example, c@d.example"),
        ("MAIL_BOUNCE", "+@example.com"), ("MAIL_FROM", "Acme <>"),
        ("MAIL_FROM", "nobody"), ("MAIL_FROM", "a@b.c\x07"), ("MAIL_BOUNCE", "nobody"),
        ("MAIL_FROM", "studies.@example.org"), ("MAIL_FROM", "st..x@example.org"),
        ("MAIL_FROM", "Acme <a@b..c>"), ("MAIL_BOUNCE", "a.@example.org"),
        ("SMTP_URL", "smtp://u:a%0Ab@h"), ("SMTP_URL", "smtp://u:%FF@h"),
        ("LOG_LEVEL", "LOUD"),
        ("IR_TESTING", "yes"), ("STRIPE_SECRET_KEY", "sk_test_1"),
        ("STRIPE_WEBHOOK_SECRET", "whsec_1"), ("STRIPE_BASE_URL", "http://stripe.example"),
        ("STRIPE_BASE_URL", "stripe"),
        ("LLM_BASE_URL", "https://llm.example/v1"), ("LLM_BASE_URL", "llm.example"),
        ("LLM_MODEL", "tiny"), ("LLM_API_KEY", "sk-1"), ("LLM_API_KEY", "two words"),
        ("LLM_SESSION_TOKENS", "999"), ("LLM_DAILY_TOKENS", "-1"),
        ("LLM_REPLACE_PERSONAL_DATA", "perhaps"), ("LLM_ALLOWED_CIDRS", "10.0.0.0/8,here"),
        ("LLM_ALLOWED_CIDRS", "10.0.0.1/8"),
        ("STT_BASE_URL", "https://stt.example/v1"), ("STT_MODEL", "tiny"), ("STT_API_KEY", "sk-1"),
        ("TTS_BASE_URL", "https://tts.example/v1"), ("TTS_MODEL", "tiny"), ("TTS_API_KEY", "sk-1"),
        ("STT_BASE_URL", "stt.example"), ("TTS_BASE_URL", "tts.example"), ("TTS_VOICE", "alloy"),
        ("SPEECH_ALLOWED_CIDRS", "10.0.0.1/8"), ("VOICE", "loud"),
        ("LLM_LOCAL_PORTS", "11434,"), ("LLM_LOCAL_PORTS", "0"), ("LLM_LOCAL_PORTS", "70000"),
        ("STORAGE_URL", "/srv/files"), ("STORAGE_URL", "s3://"), ("STORAGE_URL", "s3://Bucket"),
        ("STORAGE_URL", "s3://bucket/../other"), ("STORAGE_URL", "s3://bucket//x"),
        ("STORAGE_URL", "s3://user:key@bucket/x"), ("S3_ENDPOINT_URL", "minio:9000"),
        ("S3_ACCESS_KEY_ID", "AKIA"), ("S3_SECRET_ACCESS_KEY", "secret"), ("S3_REGION", "a b"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_refused_in_one_sentence_with_its_name(tmp_path, name, value):
    with pytest.raises(SettingsError) as refusal:
        read(tmp_path, **{name: value})
    words = str(refusal.value)
    assert name in words
    assert "\n" not in words
    assert words.endswith(".")


def test_a_file_that_holds_no_text_is_refused_in_one_sentence(tmp_path):
    (tmp_path / "held").write_bytes(b"\xff\xfe\x00garbage")
    with pytest.raises(
        SettingsError, match="^SMTP_URL_FILE must be the path of a UTF-8 text file"
    ):
        read(tmp_path, SMTP_URL_FILE=str(tmp_path / "held"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgresql://127.0.0.1:notaport/x"), ("DATABASE_URL", "postgresql://[::1/x"),
        ("DATABASE_URL", "sqlite:///"), ("DATABASE_URL", "sqlite:///?mode=rw"),
        ("DATABASE_URL", "postgresql://u:hush@hush@db/x"), ("DATABASE_URL", "postgres://u:hush/hush@db/x"),
        ("DATABASE_URL", "postgresql://u:1#hush@db/x"), ("DATABASE_URL", "postgresql://u:1?hush@db/x"),
        ("DATABASE_URL", "postgresql://u:hu sh@db/x"), ("DATABASE_URL", "postgresql+psycopg://u:p@db:70000/x"),
        ("BASE_URL", "https://ex ample.com"), ("BASE_URL", "https://[::1"), ("BASE_URL", "https:///"),
        ("BASE_URL", "https://example.com:99999"), ("BASE_URL", "https://:8000"),
        ("BASE_URL", "https://a<b.example"), ("BASE_URL", "https:example.com"),
        ("SMTP_URL", "smtp://a hush@h"), ("SMTP_URL", "smtp://a:hush@h:99999"), ("SMTP_URL", "smtp:h"),
        ("SMTP_URL", "smtp://a:hush/2@h"), ("REDIS_URL", "redis://:hush@h:x/0"),
        ("LLM_BASE_URL", "https://[llm/v1"),
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_called_is_refused_without_its_password(
    tmp_path, name, value
):
    with pytest.raises(SettingsError) as refusal:
        read(tmp_path, **{name: value})
    words = str(refusal.value)
    assert words.startswith(f"{name} must ")
    assert "hu" not in words.replace("such", "")
    assert words.endswith(".")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgresql+psycopg:///interviews?host=/run/postgresql"),
        ("DATABASE_URL", "postgresql+psycopg://u:p%40ss%2Fw@[::1]:5432/x"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("REDIS_URL", "unix:///run/redis.sock"), ("REDIS_URL", "rediss://u:p@r:6380/3?ssl_cert_reqs=none"),
        ("MAIL_FROM", '"Acme, Labs" <studies+x@mail.example.com>'), ("MAIL_BOUNCE", "bounces@example.com"), ("REDIS_URL", "redis://:p@redis_1:6379/0"),
        ("SMTP_URL", "smtps://user@x.example:p%20w@mail.example.com:465"),
        ("BASE_URL", "http://[fd00::1]:8000"), ("BASE_URL", "http://my_box:8000"),
    ],
)  # fmt: skip
def test_an_address_that_can_be_called_is_taken_as_it_is(tmp_path, name, value):
    assert getattr(read(tmp_path, **{name: value}), name.lower()) == value


def test_beside_a_database_elsewhere_a_folder_is_made(tmp_path):
    here = {"INSTANCE_DIR": str(tmp_path / "worker")}
    with pytest.raises(SettingsError, match="does not exist. Check the path"):
        settings.read_settings(here, new=False, beside=True)
    elsewhere = {**here, "DATABASE_URL": "postgresql://u@h/x"}
    with pytest.raises(SettingsError, match="does not exist. Check the path"):
        settings.read_settings(elsewhere, new=False)
    assert settings.read_settings(elsewhere, new=False, beside=True).instance_dir.is_dir()


def test_more_than_two_processes_on_sqlite_are_told(tmp_path):
    assert not read(tmp_path, PROCESSES="2").crowded
    assert read(tmp_path, PROCESSES="3").crowded
    assert not read(tmp_path, PROCESSES="9", DATABASE_URL="postgresql://u@h/x").crowded


def test_a_model_is_called_by_https_but_on_ones_own_networks(tmp_path):
    model = {"LLM_BASE_URL": "http://llm.example/v1", "LLM_MODEL": "tiny"}
    with pytest.raises(SettingsError, match="LLM_BASE_URL must start with https"):
        read(tmp_path, **model)
    made = read(tmp_path, **model, LLM_ALLOWED_CIDRS="10.0.0.0/8, fd00::/8")
    assert [str(network) for network in made.llm_allowed_cidrs] == ["10.0.0.0/8", "fd00::/8"]
    assert read(tmp_path, **{**model, "LLM_BASE_URL": "http://localhost:8080/v1"}).llm_model


@pytest.mark.parametrize("name", ["STT", "TTS"])
def test_a_speech_service_is_called_by_https_but_on_ones_own_networks(tmp_path, name):
    service = {f"{name}_BASE_URL": "http://speech.example/v1", f"{name}_MODEL": "tiny"}
    with pytest.raises(SettingsError, match=f"{name}_BASE_URL must start with https"):
        read(tmp_path, **service, LLM_ALLOWED_CIDRS="10.0.0.0/8")
    made = read(tmp_path, **service, SPEECH_ALLOWED_CIDRS="10.0.0.0/8")
    assert [str(network) for network in made.speech_allowed_cidrs] == ["10.0.0.0/8"]
    assert read(tmp_path, **{**service, f"{name}_BASE_URL": "http://127.0.0.1:8080/v1"})


def test_a_blank_setting_is_none_at_all(tmp_path):
    assert read(tmp_path, PORT="  ", SECRET_KEYS="").port == 8000


@pytest.mark.parametrize("name", [f.name.upper() for f in settings.list_settable_fields()])
def test_every_setting_can_stand_in_a_file(tmp_path, name):
    good = {
        "INSTANCE_DIR": str(tmp_path / "other"),
        "HOST": "localhost",
        "PORT": "9000",
        "BASE_URL": "http://ir.example",
        "SECRET_KEYS": KEY,
        "DATABASE_URL": "sqlite:////tmp/x.db",
        "REDIS_URL": "redis://r",
        "SMTP_URL": "smtp://m",
        "MAIL_FROM": "a@b.example",
        "MAIL_BOUNCE": "back+@b.example",
        "STRIPE_SECRET_KEY": "sk_test_1",
        "STRIPE_WEBHOOK_SECRET": "whsec_1",
        "STRIPE_BASE_URL": "http://127.0.0.1:12111",
        "LLM_BASE_URL": "http://127.0.0.1:11434/v1",
        "LLM_API_KEY": "sk-1",
        "LLM_MODEL": "tiny",
        "LLM_SESSION_TOKENS": "5000",
        "LLM_CONTEXT_TOKENS": "8000",
        "LLM_MAX_TOKENS": "500",
        "LLM_PATIENCE_SECONDS": "20",
        "LLM_REASONING": "low",
        "LLM_DAILY_TOKENS": "90000",
        "LLM_REPLACE_PERSONAL_DATA": "0",
        "LLM_ALLOWED_CIDRS": "10.0.0.0/8, fd00::/8",
        "LLM_LOCAL_PORTS": "11434, 5000",
        "WEBHOOK_ALLOWED_CIDRS": "10.0.0.0/8",
        "ALLOWED_ORIGINS": "https://app.example.com",
        "SECURITY_CONTACT": "safe@example.com",
        "IR_FAILPOINT": "mail sent:2",
        "STORAGE_URL": "s3://bucket/folder",
        "S3_ENDPOINT_URL": "http://127.0.0.1:9000",
        "S3_REGION": "eu-central-1",
        "S3_ACCESS_KEY_ID": "AKIA",
        "S3_SECRET_ACCESS_KEY": "secret",
        "SEMANTIC": "off",
        "SEMANTIC_MODEL_DIR": "/nowhere",
        "STT_BASE_URL": "https://speech.example/v1",
        "STT_API_KEY": "sk-2",
        "STT_MODEL": "tiny-ear",
        "TTS_BASE_URL": "https://speech.example/v1",
        "TTS_API_KEY": "sk-3",
        "TTS_MODEL": "tiny-voice",
        "TTS_VOICE": "alloy",
        "SPEECH_ALLOWED_CIDRS": "10.0.0.0/8",
        "VOICE": "on",
        "VOICE_MODEL_DIR": "/nowhere",
        "METRICS_TOKEN": "a-token-of-more-than-16",
        "SENTRY_DSN": "https://key@sentry.example/1",
        "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318",
        "OTEL_EXPORTER_OTLP_HEADERS": "api-key=1",
        "TRUSTED_PROXIES": "2",
        "PROCESSES": "4",
        "LOG_LEVEL": "ERROR",
        "THREADS": "5",
        "BACKUP_SCHEDULE": "03:15, 15:15",
        "BACKUP_TARGET": "/mnt/backups",
        "BACKUP_KEEP": "3",
        "BACKUP_BEFORE_UPGRADE": "0",
        "DESIGN_PAGE": "1",
        "DOCUMENTATION": "members",
        "HOLD_OUTGOING": "1",
        "IR_TESTING": "1",
    }
    file = tmp_path / "value"
    file.write_text(good[name] + "\n")
    given = {"INSTANCE_DIR": str(tmp_path)} if name != "INSTANCE_DIR" else {}
    together = (  # one of them alone is refused
        ("STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"),
        ("LLM_BASE_URL", "LLM_MODEL", "LLM_API_KEY"),
        ("STT_BASE_URL", "STT_MODEL", "STT_API_KEY"),
        ("BACKUP_SCHEDULE", "BACKUP_TARGET"),
        ("TTS_BASE_URL", "TTS_MODEL", "TTS_API_KEY", "TTS_VOICE"),
        ("IR_FAILPOINT", "IR_TESTING"),
        ("S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"),
    )
    for names in together:
        given |= {other: good[other] for other in names if name in names and other != name}
    by_file = settings.read_settings({**given, f"{name}_FILE": str(file)})
    assert by_file == settings.read_settings({**given, name: good[name]})


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SettingsError, match="SMTP_URL_FILE cannot be read: No such file"):
        read(tmp_path, SMTP_URL_FILE=str(tmp_path / "none"))


@pytest.mark.parametrize("name", ["DATABASE_URL", "SECRET_KEYS"])
def test_a_file_with_nothing_in_it_is_no_setting_left_out(tmp_path, name):
    (tmp_path / "empty").write_text("\n")
    with pytest.raises(SettingsError, match=f"^The file in {name}_FILE is empty"):
        read(tmp_path, **{f"{name}_FILE": str(tmp_path / "empty")})


def test_a_setting_given_twice_is_refused(tmp_path):
    with pytest.raises(SettingsError, match="SMTP_URL and SMTP_URL_FILE are both set"):
        read(tmp_path, SMTP_URL="smtp://m", SMTP_URL_FILE=str(tmp_path))


def test_the_secret_key_is_made_once_and_for_this_user_only(tmp_path):
    first = read(tmp_path)
    path = first.instance_dir / "secret_keys"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(first.secret_keys[0]) >= 32
    assert read(tmp_path).secret_keys == first.secret_keys
    assert [p.name for p in first.instance_dir.iterdir()] == ["secret_keys"]


def test_two_processes_that_start_at_once_agree_on_one_secret_key(tmp_path):
    code = "from interviewrelay.core.config import settings; print(settings.read_settings().secret_keys[0])"
    environment = {**os.environ, "INSTANCE_DIR": str(tmp_path)}
    started = [
        subprocess.Popen(
            [sys.executable, "-P", "-c", code], env=environment, stdout=subprocess.PIPE
        )
        for _ in range(4)
    ]
    assert len({process.communicate(timeout=30)[0] for process in started}) == 1
    assert all(process.returncode == 0 for process in started)


def test_a_secret_key_made_just_before_ours_is_kept(tmp_path, monkeypatch):
    instance = tmp_path / "here"

    def quicker(_part, path):
        path.write_text(KEY)
        raise FileExistsError

    monkeypatch.setattr(settings.os, "link", quicker)
    assert read(tmp_path).secret_keys == (KEY,)
    assert [p.name for p in instance.iterdir()] == ["secret_keys"]


def test_a_given_secret_key_is_not_written_down(tmp_path):
    made = read(tmp_path, SECRET_KEYS=KEY)
    assert list(made.instance_dir.iterdir()) == []


def test_an_instance_folder_that_is_no_folder_is_refused(tmp_path):
    (tmp_path / "here").write_text("a file")
    with pytest.raises(SettingsError, match="INSTANCE_DIR .* must be a writable folder"):
        read(tmp_path)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
def test_the_clock_of_tests_is_allowed_on_loopback(tmp_path, host):
    assert read(tmp_path, IR_TESTING="true", HOST=host).ir_testing


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "192.168.1.2", "example.com", "127.0.0.1.nip.io"]
)
def test_the_clock_of_tests_is_refused_beyond_loopback(tmp_path, host):
    with pytest.raises(SettingsError, match="IR_TESTING"):
        read(tmp_path, IR_TESTING="1", HOST=host)


@pytest.mark.parametrize(
    "wrong",
    [
        {"REDIS_URL": "redis://127.0.0.1:1?socket_timeout=abc"},
        {"REDIS_URL": "redis://127.0.0.1:1?socket_timeout="},
        {"REDIS_URL": "unix:///x?db=z"},
        {"REDIS_URL": "rediss://r?ssl_cert_reqs=maybe"},
        {"SMTP_URL": "smtp://u:p@q@h"},
    ],
)
def test_a_part_of_an_address_that_nobody_could_use_is_refused(tmp_path, wrong):
    with pytest.raises(SettingsError, match=next(iter(wrong))):
        read(tmp_path, **wrong)


def test_a_host_may_stand_in_brackets_as_in_an_address(tmp_path):
    made = read(tmp_path, HOST="[::1]")
    assert (made.host, made.base_url) == ("::1", "http://[::1]:8000")


def test_a_folder_that_the_address_of_a_database_cannot_hold_is_refused(tmp_path):
    folder = tmp_path / "what?"
    with pytest.raises(SettingsError, match="INSTANCE_DIR must not contain a"):
        read(folder)
    assert read(folder, DATABASE_URL="postgresql://u@h/n").instance_dir == folder / "here"


def test_an_origin_is_secure_however_its_scheme_is_written(tmp_path):
    made = read(tmp_path, BASE_URL="HTTPS://Relay.Example.ORG:8443/")
    assert made.base_url == "https://relay.example.org:8443"
    assert made.secure
    assert "relay.example.org" in made.hosts


def test_a_password_of_any_letters_is_taken(tmp_path):
    url = "smtp://user:p%C3%A4ss@mail.example.org"
    assert read(tmp_path, SMTP_URL=url).smtp_url == url


@pytest.mark.parametrize(
    ("url", "given", "expected"),
    [
        (None, {}, "http://127.0.0.1:8000"),
        (None, {"HOST": "0.0.0.0", "PORT": "9000"}, "http://127.0.0.1:9000"),
        (None, {"HOST": "::1", "BASE_URL": ""}, "http://[::1]:8000"),
        (None, {"BASE_URL": "https://a.example/", "PORT": "9000"}, "https://a.example"),
        (
            None,
            {"INTERVIEWRELAY_BASE_URL": "https://b.example", "BASE_URL": "https://a.example"},
            "https://b.example",
        ),
        ("https://c.example", {"BASE_URL": "https://a.example"}, "https://c.example"),
    ],
)
def test_a_client_finds_its_server_and_needs_no_folder(url, given, expected, tmp_path):
    key = tmp_path / "key"
    key.write_text("ir_live_abc\n")
    made = settings.read_client_settings(
        url, {**given, "INTERVIEWRELAY_API_KEY_FILE": str(key)}
    )
    assert (made.url, made.api_key) == (expected, "ir_live_abc")
    assert "ir_live" not in repr(made)


@pytest.mark.parametrize(
    ("url", "given", "name"),
    [
        ("interviews.example.com", {}, "--url"),
        (None, {"BASE_URL": "ftp://a.example"}, "BASE_URL"),
        (None, {"INTERVIEWRELAY_API_KEY": "two words"}, "INTERVIEWRELAY_API_KEY"),
    ],
)
def test_a_wrong_setting_of_a_client_is_named(url, given, name):
    with pytest.raises(SettingsError, match=f"^{name} must"):
        settings.read_client_settings(url, given)
