"""Command line `interviewrelay`."""

import json
import runpy
import threading
from typing import Any, Final

import click

from interviewrelay import __version__
from interviewrelay.cli import context
from interviewrelay.cli.accounts import accounts, keys, password_link
from interviewrelay.cli.backups import backup, erasures, restore
from interviewrelay.cli.completion import completion
from interviewrelay.cli.credits import credits
from interviewrelay.cli.doctor import doctor
from interviewrelay.cli.files import files
from interviewrelay.cli.mcp import mcp
from interviewrelay.cli.models import models
from interviewrelay.cli.retention import retention
from interviewrelay.cli.scripts import scripts
from interviewrelay.cli.simulate import interview, simulate
from interviewrelay.cli.system_files import man, systemd
from interviewrelay.cli.verify import signing_keys, verify
from interviewrelay.core.config import program
from interviewrelay.core.config.settings import CROWDED, Settings
from interviewrelay.core.errors import OperatorError, Refusal, StorageUnreachable
from interviewrelay.server import heartbeats


class CommandGroup(click.Group):
    """Click group that turns expected errors into one sentence without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except StorageUnreachable as fault:
            words = f"The file storage cannot be used: {fault.why}."
            raise click.ClickException(words) from None
        except (OperatorError, Refusal) as fault:
            raise click.ClickException(str(fault)) from None
        except Exception as fault:
            if sentence := _of_the_database(fault):
                raise click.ClickException(sentence) from None
            raise


def _of_the_database(fault: Exception) -> str:
    """Message for a database fault; empty for others."""
    from sqlalchemy.exc import DatabaseError

    if isinstance(fault, DatabaseError):
        return f"{NO_DATABASE} ({str(fault.orig).strip().splitlines()[0]})"
    return ""


NO_DATABASE: Final = (
    "The database cannot be used. Check that it is running, that DATABASE_URL is correct and that "
    "this user has access to it."
)


HELD: Final = "HOLD_OUTGOING is set. Emails and webhooks stay queued and are not sent."


@click.group(cls=CommandGroup)
@click.version_option(__version__, prog_name="interviewrelay")
def main() -> None:
    """Self-hosted, AI-led interviews."""


def _warn(settings: Settings) -> None:
    if settings.hold_outgoing:
        click.echo(HELD, err=True)
    if settings.crowded:
        click.echo(f"{CROWDED.format(settings.processes)}.", err=True)


@main.command()
@click.option("--host", help="Address to listen on (default 127.0.0.1, or HOST).")
@click.option("--port", type=int, help="Port to listen on (default 8000, or PORT).")
@click.option("--demo", is_flag=True, help="Add a demo study if the database is empty.")
@click.option(
    "--lost-keys", is_flag=True, help="Start even though the secret keys are permanently lost."
)
def serve(host: str | None, port: int | None, demo: bool, lost_keys: bool) -> None:
    """Migrate the database if needed, then start the server."""
    with context.open_application(new=True, host=host, port=port) as app:
        from interviewrelay.accounts import accounts
        from interviewrelay.cli import banner
        from interviewrelay.interviews import interviews
        from interviewrelay.server import asgi_server, process_manager
        from interviewrelay.worker.runner import WorkerElection

        settings: Settings = app.extensions["settings"]
        context.require_local_disk(settings)
        listener = context.open_listener(settings)  # before the address is printed
        services = app.extensions["services"]
        if not lost_keys:
            context.require_matching_keys(app)
        if demo and not accounts.is_set_up():
            context.run_once_in_subprocess(
                lambda: banner.create_demonstration(services, settings)
            )
        greeting = banner.build_greeting(services, settings, demonstration=demo)
        app.extensions["request_metrics"].clear()
    click.echo(greeting)
    _warn(settings)
    supervisor = (
        process_manager.Supervisor(settings.processes) if process_manager.CAN_FORK else None
    )

    def work(pulse: heartbeats.Pulse | None = None) -> None:
        if supervisor is not None and supervisor.count_replaced()["silent"]:
            with app.app_context():  # before anybody opens a page
                interviews.abandon_hung_readings(heartbeats.SILENCE)
        caught_up = _catch_up(app)
        rounds = WorkerElection(app, caught_up)
        rounds.start()
        try:
            asgi_server.serve(app, settings.threads, listener, pulse, caught_up)
        finally:
            rounds.stop()

    def close() -> None:
        asgi_server.stop_accepting(listener)
        listener.close()  # this process's copy; each child closes its own

    if supervisor is None:
        work()
        return
    app.extensions["supervisor"] = supervisor
    supervisor.run(work, close)


def _catch_up(app: Any) -> threading.Event:
    """Start to recover pending turns, and then to load what the first answer would otherwise wait for.
    The event is set after the first.
    """
    from interviewrelay.interviewer.dialogue import warm_up
    from interviewrelay.worker import schedule

    services, settings = app.extensions["services"], app.extensions["settings"]
    if services.similarity is not None:
        services.similarity.similarities("", ())
    caught_up = schedule.catch_up(app)
    if not settings.ir_testing:  # most test servers never receive an answer
        warm_up.start_warm_up(caught_up)
    return caught_up


@main.command()
@click.option(
    "--json", "as_json", is_flag=True, help="Create test fixtures and print them as JSON."
)
@click.option("--sessions", default=0, help="Number of extra interviews, for load tests.")
def demo(as_json: bool, sessions: int) -> None:
    """Add demo data to an empty database."""
    from interviewrelay.cli import banner
    from interviewrelay.demo import study

    with context.open_application(new=True) as app:
        services, settings = app.extensions["services"], app.extensions["settings"]
        if as_json:
            click.echo(json.dumps(study.create_fixtures(services, sessions), indent=1))
        else:
            click.echo(banner.create_demonstration(services, settings))


@main.command()
def openapi() -> None:
    """Print the OpenAPI 3.1 document of the API, as stored in docs/api/openapi.json."""
    from interviewrelay.web.openapi.openapi_document import (
        PUBLISHED,
        build_document,
        format_document,
    )

    click.echo(format_document(build_document(PUBLISHED)), nl=False)


@main.command()
def migrate() -> None:
    """Migrate the database to the schema of this version."""
    with context.open_application(new=True):
        click.echo("The database is up to date.")


@main.command()
@click.option("--once", is_flag=True, help="Do all due work once, then exit.")
@click.option(
    "--now",
    "at",
    help="Run as if at this time (ISO 8601). Requires --once and IR_TESTING=1.",
)
def worker(once: bool, at: str | None) -> None:
    """Do background work: emails, webhooks, stale interviews, monthly resets. Stops on SIGTERM.

    `serve` already does this. Run extra workers if you have several machines or a busy server.
    """
    if at and not once:
        raise click.UsageError("--now requires --once.")
    with context.open_application(beside=True) as app:
        from interviewrelay.interviews import interviews
        from interviewrelay.server import process_manager
        from interviewrelay.worker import runner, schedule

        context.require_matching_keys(app)  # otherwise the links in its emails would not work
        if once:
            schedule.run_all_once(app, context.parse_moment(app.extensions["settings"], at))
            return
    if app.extensions["settings"].hold_outgoing:
        click.echo(HELD, err=True)
    click.echo("Worker started. Press Ctrl-C or send SIGTERM to stop it.")

    supervisor = process_manager.Supervisor(1) if process_manager.CAN_FORK else None

    def do(_pulse: heartbeats.Pulse | None = None) -> None:
        if supervisor is not None and supervisor.count_replaced()["silent"]:
            with app.app_context():
                interviews.abandon_hung_readings(heartbeats.SILENCE)
        doing = runner.WorkerThreads(app)
        doing.start()
        process_manager.wait_for_signal()
        doing.stop()

    if supervisor is None:
        do()
    else:
        supervisor.run(do, lambda: None)


@main.command(program.MODULE, hidden=True)
@click.argument("name")
def run_module(name: str) -> None:
    """Run a module of this program. The single binary starts its child processes with it."""
    if not name.startswith("interviewrelay."):
        raise click.UsageError("Only modules of interviewrelay can be run.")
    runpy.run_module(name, run_name="__main__", alter_sys=True)


COMMANDS: Final = (
    accounts, password_link, keys, credits, files, models, interview, simulate, backup, restore,
    erasures, doctor, verify, signing_keys, retention, scripts, mcp, completion, man, systemd,
)  # fmt: skip
for command in COMMANDS:
    main.add_command(command)
