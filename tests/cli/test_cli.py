"""The command `interviewrelay`."""

import json
import re
import shutil

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, text

from interviewrelay import cli, migrations
from interviewrelay.cli import context
from interviewrelay.core.db.session import Base, db
from interviewrelay.core.observability import logging_setup
from interviewrelay.models import Interview
from interviewrelay.operations import filesystem
from interviewrelay.server import asgi_server, process_manager
from interviewrelay.transcripts import signed_transcript
from tests import model_stand_in, speech_stand_in
from tests.own_models import OWN_KEY

EMAIL, PASSWORD = "ann@acme.example", "correct horse battery staple"


@pytest.fixture
def run(database_url, tmp_path, monkeypatch):
    """Runs the command in this process; its output, and its status beside it."""
    monkeypatch.setattr(logging_setup, "configure_logging", lambda _level: None)
    environment = {"INSTANCE_DIR": str(tmp_path), "DATABASE_URL": database_url}

    def invoke(*words, status=0, piped=None, **more):
        done = CliRunner().invoke(cli.main, words, input=piped, env={**environment, **more})
        assert done.exit_code == status, done.output
        assert "Traceback" not in done.output
        return done.output

    return invoke


@pytest.fixture
def acme(run):
    run(
        "accounts", "create", "--organization", "Acme", "--email", EMAIL, "--plan", "starter",
        "--password", PASSWORD,
    )  # fmt: skip


def test_an_account_is_made_and_listed(run, acme):
    assert run("accounts", "list") == f"acme\tstarter\t{EMAIL}\towner\n"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (["--plan", "gold"], "plan"),
        (["--email", "nobody"], "mail address"),
        (["--password", "x"], "12 to 128"),
    ],
)
def test_a_wrong_account_is_refused_in_one_sentence(run, changes, words):
    given = ["--organization", "A", "--email", EMAIL, "--password", PASSWORD, *changes]
    assert words in run("accounts", "create", *given, status=1)
    assert run("accounts", "list") == ""


def test_a_password_is_changed(run, acme):
    assert "No account has this email address" in run(
        "accounts", "password", "x@acme.example", status=1
    )
    assert "Password changed" in run(
        "accounts", "password", EMAIL, "--password", PASSWORD + "!"
    )
    assert "Error" in run(
        "accounts", "password", "x@y.example", "--password", PASSWORD, status=1
    )


def test_a_password_is_piped_in(run):
    create = ["accounts", "create", "--organization", "Acme", "--email", EMAIL]
    assert "--password" in run(*create, status=2)
    told = f"Created acme. {EMAIL} can sign in and administers this server.\n"
    assert run(*create, piped=f"{PASSWORD}\n") == told
    assert run("accounts", "password", EMAIL, piped=PASSWORD) == ("Password changed.\n")


def test_people_join_change_their_role_and_leave(run, acme):
    def join(email, role, status=0, where="acme"):
        given = ["--organization", where, "--email", email, "--role", role]
        return run("accounts", "create", *given, "--password", PASSWORD, status=status)

    assert "vic@acme.example is now viewer of acme" in join("vic@acme.example", "viewer")
    assert "already exists" in join("vic@acme.example", "admin", 1)
    assert "no organization" in join("x@acme.example", "admin", 1, where="nowhere")
    assert "role" in join("x@acme.example", "king", 1)
    assert "one owner" in run("accounts", "role", EMAIL, "viewer", status=1)
    assert "one owner" in run("accounts", "remove", EMAIL, status=1)
    run("keys", "create", "vic@acme.example")
    assert "is now owner of acme" in run("accounts", "role", "vic@acme.example", "owner")
    assert "is now admin of acme" in run("accounts", "role", EMAIL, "admin")
    assert f"Removed {EMAIL}" in run("accounts", "remove", EMAIL)
    assert run("accounts", "list") == "acme\tstarter\tvic@acme.example\towner\n"
    assert "researcher of acme" in join(EMAIL, "researcher")


def test_the_plan_limits_who_joins(run, acme):
    run("credits", "plan", "acme", "free")
    given = ["--organization", "acme", "--email", "vic@acme.example", "--role", "viewer"]
    assert "allows 1 member" in run(
        "accounts", "create", *given, "--password", PASSWORD, status=1
    )
    assert "--plan only applies to" in run(
        "accounts", "create", *given, "--plan", "free", "--password", PASSWORD, status=2
    )


def test_a_key_is_made_listed_and_revoked(run, acme):
    text_of_key = run(
        "keys", "create", EMAIL, "--name", "Mine", "--permission", "campaigns:read"
    ).strip()
    assert re.fullmatch(r"ir_live_[0-9A-Za-z]{46}", text_of_key)
    assert run("keys", "create", EMAIL, "--test").startswith("ir_test_")
    listed = run("keys", "list", EMAIL)
    assert "active\tMine\t-" in listed
    assert text_of_key not in listed
    run("keys", "revoke", EMAIL, text_of_key[8:16])
    assert "revoked\tMine" in run("keys", "list", EMAIL)
    assert "Error" in run("keys", "revoke", EMAIL, "nothing", status=1)
    refused = run("keys", "create", EMAIL, "--permission", "foo:read", status=1)
    assert "Choose from: campaigns:read, campaigns:write" in refused
    assert run("keys", "create", EMAIL, "--days", "30").startswith("ir_live_")
    assert "1 to 3650 days" in run("keys", "create", EMAIL, "--days", "0", status=1)
    assert "No account has this email address" in run("keys", "list", "x@y.example", status=1)


def test_credits_are_shown_and_granted_once_a_reference(run, acme):
    assert run("credits", "show", "acme") == "monthly 1000, starter 600, top-up 0, reserved 0\n"
    give = ["credits", "grant", "acme", "--reference", "gift"]
    assert run(*give, "50") == "The balance is 1650 credits.\n"
    assert run(*give, "70") == (
        "No credits added: 50 credits were already added with reference 'gift'.\nThe balance is 1650 credits.\n"
    )
    assert "no organization" in run("credits", "show", "nobody", status=1)
    run("credits", "grant", "acme", "0", "--reference", "none", status=2)


def test_a_grant_is_worded_as_the_top_up_that_it_is(run, acme, database_url):
    run("credits", "grant", "acme", "10000", "--reference", "invoice-1")
    run("credits", "grant", "acme", "5", "--reference", "gift", "--reason", "Sorry")
    engine = create_engine(database_url)
    with engine.begin() as connection:
        rows = connection.execute(
            text("SELECT kind, description FROM credit_entry WHERE pool = 'topup' ORDER BY seq")
        ).all()
    engine.dispose()
    assert [tuple(row) for row in rows] == [
        ("grant", "Credit top-up: 10,000 credits (€100.00)"),
        ("grant", "Sorry"),
    ]


def test_a_plan_is_changed(run, acme):
    told = run("credits", "plan", "acme", "enterprise", "--monthly-credits", "20000")
    assert told.splitlines()[-1] == "acme is now on enterprise with 20000 credits per month."
    assert run("credits", "show", "acme").startswith("monthly 20000, ")
    assert "Only the Enterprise plan" in run(
        "credits", "plan", "acme", "free", "--monthly-credits", "1", status=1
    )


def test_how_long_transcripts_are_kept_is_told_and_set(run, acme):
    assert "keeps transcripts indefinitely. Interviews past this period: 0" in run(
        "retention", "show", "acme"
    )
    assert "0 interviews would be erased" in run("retention", "set", "acme", "30", "--dry-run")
    assert "indefinitely" in run("retention", "show", "acme")
    run("retention", "set", "acme", "30")
    assert "for 30 days after the interview" in run("retention", "show", "acme")
    run("retention", "set", "acme", "keep")
    assert "indefinitely" in run("retention", "show", "acme")
    assert "1 to 3650" in run("retention", "set", "acme", "9000", status=1)
    assert "or 'keep'" in run("retention", "set", "acme", "soon", status=2)


def test_the_doctor_ends_with_one_when_something_is_wrong(run, acme, database_url):
    assert "FAIL" not in run("doctor")
    assert "off  semantic similarity" in run("doctor", SEMANTIC="off")
    assert "off  emails: no email server set up" in run("doctor")
    assert "ok   emails" in run(
        "doctor", SMTP_URL="smtp://mail.example", MAIL_FROM="a@b.example"
    )
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE credit_account SET topup = 9"))
    engine.dispose()
    assert "topup is 9, but its transactions add up to 0" in run("doctor", status=1)


def test_the_doctor_tries_the_speech_services(run, acme):
    assert "off  speech recognition: turned off (VOICE=off)" in run("doctor", VOICE="off")
    with speech_stand_in.serving() as service:
        given = {"VOICE": "auto", "STT_BASE_URL": service.base, "STT_MODEL": "tiny"}
        told = run("doctor", **given)
        assert "ok   speech recognition: tiny, by a service" in told
        service.behave("401")
        assert "status 401" in run("doctor", status=1, **given)


def test_the_doctor_tries_the_place_of_the_files(run, acme, tmp_path):
    assert "ok   file storage is writable" in run("doctor")
    folder = tmp_path / "files"
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    shutil.rmtree(folder)
    folder.write_text("in the way")
    told = run("doctor", status=1)
    assert "FAIL file storage is writable\n     File exists\n" in told


def test_files_are_moved_to_another_place_only_and_stay_where_they_are_used(run, acme):
    assert "already there" in run("files", "move", "--to", "folder", status=2)
    assert "--to must be s3://" in run("files", "move", "--to", "/srv/files", status=1)
    assert "S3_ACCESS_KEY_ID" in run("files", "move", "--to", "s3://new/files", status=1)
    refused = run("files", "move", "--to", "s3://new/files", "--delete", status=1)
    assert "The server still uses these files." in refused


def test_the_doctor_tells_programs_the_same(run, acme):
    told = json.loads(run("doctor", "--json"))
    assert told["ok"] is True
    assert {check["ok"] for check in told["checks"]} == {True}
    assert "database integrity" in [check["name"] for check in told["checks"]]


def _without_schema(engine):
    with engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("DROP TABLE said_words"))
        connection.execute(text("DROP TABLE alembic_version"))
        Base.metadata.drop_all(connection)
        if connection.dialect.name == "postgresql":
            connection.execute(text("DROP FUNCTION refuse_ledger_change()"))


def test_the_doctor_makes_no_schema(run, acme, database_url):
    engine = create_engine(database_url)
    _without_schema(engine)
    told = json.loads(run("doctor", "--json", status=1))
    assert told["checks"] == [
        {
            "name": "schema matches this version",
            "ok": False,
            "found": [
                f"found no schema, but this version needs {migrations.get_head()}. Run `interviewrelay migrate`"
            ],
        }
    ]
    assert migrations.get_current(engine) is None
    migrations.upgrade(engine)
    engine.dispose()


def test_no_server_starts_on_a_file_that_machines_share(run, monkeypatch, tmp_path):
    table = tmp_path / "mountinfo"
    table.write_text(f"36 35 98:0 / {tmp_path} rw - nfs4 files:/home rw\n")
    monkeypatch.setattr(filesystem.find_shared_filesystem, "__defaults__", (table,))
    url = f"sqlite:///{tmp_path / 'interviewrelay.db'}"
    assert "shared file system (nfs4)" in run("serve", status=1, DATABASE_URL=url)


def test_jobs_are_done_once_and_the_database_is_migrated(run, acme):
    run("worker", "--once")
    assert "up to date" in run("migrate")
    assert "IR_TESTING" in run("worker", "--once", "--now", "2030-01-01T00:00:00Z", status=2)
    tested = {"IR_TESTING": "1"}
    assert "must be an ISO 8601" in run("worker", "--once", "--now", "soon", status=2, **tested)
    run("credits", "plan", "acme", "free")
    assert "monthly 1000," in run("credits", "show", "acme")
    run("worker", "--once", "--now", "2090-01-01T00:00:00Z", **tested)
    assert "monthly 1000," not in run("credits", "show", "acme")  # a new month has begun
    assert "--once" in run("worker", "--now", "2030-01-01T00:00:00Z", status=2, **tested)


def test_demonstration_data_is_printed_as_json(run):
    made = json.loads(run("demo", "--json"))
    assert made["RACE"]["balance"] == 100
    assert "can only be added to an empty database" in run("demo", status=1)


def test_a_demonstration_says_where_to_go(run, tmp_path):
    told = run("demo")
    assert re.search(r"http://127\.0\.0\.1:8000/interview/inv_\S{43}\n", told)
    assert re.search(
        r'curl -H "Authorization: Bearer ir_live_\w{46}" http://127\.0\.0\.1:8000/api/campaigns\n',
        told,
    )
    assert (tmp_path / "demo.json").stat().st_mode & 0o777 == 0o600


@pytest.fixture
def served(monkeypatch):
    calls = []
    monkeypatch.setattr(asgi_server, "open_listener", lambda *where: where)
    monkeypatch.setattr(asgi_server, "serve", lambda _app, *how: calls.append(how[:2]))
    monkeypatch.setattr(process_manager.Supervisor, "run", lambda _self, work, _ending: work())
    return calls


def test_serving_says_where_the_server_is(run, served, acme):
    told = run("serve", "--port", "9001", "--host", "localhost")
    assert told == "InterviewRelay is running at http://localhost:9001\n"
    assert served == [(8, ("localhost", 9001))]


def test_an_address_that_is_taken_is_said_before_anybody_is_told_to_go_there(run, acme):
    with asgi_server.open_listener("127.0.0.1", 0) as taken:
        told = run("serve", "--port", str(taken.getsockname()[1]), status=1)
    assert told.startswith("Error: Cannot listen on 127.0.0.1 port ")
    assert told.count("\n") == 1


def test_a_host_that_is_no_address_is_named(run, acme):
    told = run("serve", "--host", "nowhere.invalid", status=1)
    assert told.startswith("Error: Cannot listen on nowhere.invalid port 8000: ")
    assert told.endswith("HOST must be an address of this machine.\n")


@pytest.mark.parametrize(
    "words", [("doctor",), ("worker", "--once"), ("accounts", "list"), ("keys", "list", EMAIL)]
)
def test_a_folder_that_is_not_there_is_a_slip_of_the_pen(run, tmp_path, words):
    nowhere = tmp_path / "typo"
    told = run(*words, status=1, INSTANCE_DIR=str(nowhere))
    assert (
        told
        == f"Error: INSTANCE_DIR {nowhere} does not exist. Check the path, or start the server first.\n"
    )
    assert not nowhere.exists()


def test_only_this_user_reads_the_database(run, tmp_path):
    given = {"INSTANCE_DIR": str(tmp_path / "new"), "DATABASE_URL": None}
    run("migrate", **given)
    made = [path for path in (tmp_path / "new").iterdir() if ".db" in path.name]
    assert any(path.name == "interviewrelay.db" for path in made)
    for path in made:
        assert path.stat().st_mode & 0o077 == 0 or path.stat().st_size == 0, path.name


def test_a_new_server_says_where_to_begin(run, served):
    assert "Open http://127.0.0.1:8000/setup" in run("serve")


def test_the_demonstration_is_shown_at_each_start_with_a_link_that_works(
    run, served, database_url
):
    first, again = run("serve", "--demo"), run("serve", "--demo")
    assert first == again
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE invite SET status = 'cancelled'"))
    engine.dispose()
    third = run("serve", "--demo")
    assert third != again
    assert third == run("serve", "--demo")
    assert run("serve") == "InterviewRelay is running at http://127.0.0.1:8000\n"


@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "many"), ("IR_TESTING", "1"), ("SMTP_URL", "mail")]
)
def test_a_wrong_setting_stops_the_start_with_one_sentence(run, served, name, value):
    told = run("serve", status=1, **{name: value, "HOST": "0.0.0.0"})
    assert told.startswith("Error: ")
    assert name in told
    assert told.count("\n") == 1
    assert served == []


# --- language models ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def endpoint():
    with model_stand_in.serving() as made:
        made.behave("valid", key=OWN_KEY)
        yield made


ALLOWED = {"LLM_ALLOWED_CIDRS": "127.0.0.0/8"}


def test_a_model_is_chosen_shown_and_tried(run, acme, endpoint, tmp_path):
    assert run("models", "show", "acme") == "used: the server's model (none set up)\n"
    assert "Set it up, then test it" in run("models", "try", "acme", status=1)
    place = ["--base-url", endpoint.base, "--model", "tiny"]
    given = ["models", "choose", "acme", "own", *place, "--key-file", "-"]
    told = run(*given, "--daily-tokens", "9000", piped=f"{OWN_KEY}\n", **ALLOWED)
    assert told == (
        f"used: its own\nown: tiny at {endpoint.base}\nkey: a key ending in Zx9q\n"
        "limit: 9000 tokens per day\npersonal data: masked\n"
    )
    assert run("models", "show", "acme") == told
    tried = run("models", "try", "acme", **ALLOWED)
    assert "tiny replied in" in tried
    assert "json_schema, 760 tokens" in tried
    assert "the model would ask: Then what did you do?" in tried
    file = tmp_path / "key"
    file.write_text("sk-wrong-0123456789abcdef\n")
    run("models", "choose", "acme", "own", "--key-file", str(file), **ALLOWED)
    assert "rejected the key" in run("models", "try", "acme", status=1, **ALLOWED)


def test_what_is_not_given_stays(run, acme, endpoint):
    place = ["--base-url", endpoint.base, "--model", "tiny", "--send-personal-data"]
    run("models", "choose", "acme", "own", *place, "--key-file", "-", piped=OWN_KEY, **ALLOWED)
    told = run("models", "choose", "acme", "none")
    assert told.startswith("used: none\n")
    assert "key: a key ending in Zx9q" in told
    assert "personal data: sent unchanged" in told
    told = run("models", "choose", "acme", "server", "--forget-key", "--replace-personal-data")
    assert "key: none\nlimit: no limit\npersonal data: masked" in told


def test_a_model_that_cannot_be_is_refused_in_one_sentence(run, acme, endpoint):
    inside = ["--base-url", endpoint.base, "--model", "tiny"]
    for given, words in (
        (["acme", "own"], "Enter the base URL"),
        (["acme", "own", *inside], "not on the public internet"),
        (["nobody", "none"], "no organization with this slug or ID"),
    ):
        assert words in run("models", "choose", *given, status=1)
    assert "Invalid value" in run("models", "choose", "acme", "theirs", status=2)
    assert run("models", "show", "acme") == "used: the server's model (none set up)\n"


def test_a_model_of_this_machine_is_found_and_used(run, acme, endpoint):
    endpoint.behave("valid", key="", lists=["tiny", "small"])
    ports = {"LLM_LOCAL_PORTS": str(endpoint.port)}
    assert "No models found" in run("models", "find", status=1, LLM_LOCAL_PORTS="none")
    assert run("models", "find", **ports) == f"{endpoint.port} tiny\n{endpoint.port} small\n"
    told = run("models", "use", str(endpoint.port), "large", status=1, **ports)
    assert "large isn’t available on port" in told
    run("models", "use", str(endpoint.port), "small", **ports)
    assert run("models", "show", "acme", **ports) == "used: the server's model (small)\n"
    run("models", "stop", **ports)
    assert run("models", "show", "acme", **ports) == "used: the server's model (none set up)\n"
    endpoint.behave("valid", key=OWN_KEY)


def test_a_script_is_imported_and_exported(run, acme, tmp_path):
    path = tmp_path / "script.yaml"
    path.write_text("name: Brought along\nquestions:\n- text: What happened?\n")
    script_id = run("scripts", "import", EMAIL, str(path)).strip()
    exported = run("scripts", "export", EMAIL, script_id)
    assert "text: What happened?" in exported
    assert '"name": "Brought along"' in run(
        "scripts", "export", EMAIL, script_id, "--format", "json"
    )
    assert "Nothing was found with this name or ID" in run(
        "scripts", "export", EMAIL, "x", status=1
    )


def test_verify_names_the_altered_turn(run, database_url):
    made = json.loads(run("demo", "--json"))
    assert "everything is as it was stored" in run("verify")
    session_id = made["A"]["session_id"]
    with create_engine(database_url).begin() as connection:
        change = "UPDATE turn SET text = text || '.' WHERE interview_id = :id AND number = 4"
        assert connection.execute(text(change), {"id": session_id}).rowcount == 1
    told = run("verify", status=1)
    assert told.splitlines()[0].startswith(f"{session_id} turn 4: the text")
    assert told.splitlines()[-1].endswith("1 problem.")
    assert "turn 4" in run("verify", "--session", session_id, status=1)
    assert "turn 4" in run("verify", "--campaign", made["A"]["campaign_id"], status=1)
    assert "1 problem" not in run("verify", "--campaign", made["B"]["campaign_id"])
    assert "no interview with this id" in run("verify", "--session", "x", status=1)


def test_verify_checks_a_signed_file_by_its_keys_alone(run, client_file, tmp_path):
    signed, keys = client_file
    elsewhere = {"DATABASE_URL": "sqlite:////nowhere/at/all.db"}
    told = run("verify", str(signed), "--keys", str(keys), **elsewhere)
    assert told.endswith("turns checked: everything is as it was signed.\n")
    assert "as it was signed" in run("verify", str(signed))
    signed.write_bytes(signed.read_bytes().replace(b'"text":"', b'"text":"X', 1))
    told = run("verify", str(signed), "--keys", str(keys), status=1, **elsewhere)
    assert told.startswith("turn 1 differs from what was signed\n")
    assert "isn't a signed transcript" in run("verify", str(keys), status=1)
    assert "not a JSON Web Key Set" in run(
        "verify", str(signed), "--keys", str(signed), status=1
    )
    assert "either FILE" in run("verify", str(signed), "--session", "x", status=2)
    assert "--keys is for FILE" in run("verify", "--keys", str(keys), status=2)


@pytest.fixture
def client_file(run, tmp_path, monkeypatch, database_url):
    """A signed transcript of the demonstration study, and the public keys."""
    made = json.loads(run("demo", "--json"))
    monkeypatch.setenv("INSTANCE_DIR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", database_url)
    with context.open_application() as app:
        interview = db.session.get(Interview, made["A"]["session_id"])
        services = app.extensions["services"]
        content = signed_transcript.build_signed_transcript(services, interview)
    signed, keys = tmp_path / "transcript.jsonl", tmp_path / "keys.json"
    signed.write_bytes(content)
    keys.write_text(run("signing-keys"))
    return signed, keys
