"""Command line `interviewrelay`."""

import json
from typing import TYPE_CHECKING, Any, Final

import click

from interviewrelay import __version__
from interviewrelay.cli import context
from interviewrelay.cli.accounts import accounts, keys, password_link
from interviewrelay.cli.backups import backup, erasures, restore
from interviewrelay.cli.credits import credits
from interviewrelay.cli.doctor import doctor
from interviewrelay.cli.files import files
from interviewrelay.cli.models import models
from interviewrelay.cli.retention import retention
from interviewrelay.cli.scripts import scripts
from interviewrelay.cli.simulate import interview, simulate
from interviewrelay.core.config.parsers import SettingsError
from interviewrelay.core.config.settings import CROWDED, Settings
from interviewrelay.core.errors import Refusal
from interviewrelay.server import heartbeats

if TYPE_CHECKING:
    from interviewrelay.runtime.services import Office


class Group(click.Group):
    """Click group that turns expected errors into one sentence without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (SettingsError, Refusal) as fault:
            raise click.ClickException(str(fault)) from None
        except Exception as fault:
            if sentence := _of_the_database(fault):
                raise click.ClickException(sentence) from None
            raise


def _of_the_database(fault: Exception) -> str:
    """Message for a database fault; empty for others."""
    from sqlalchemy.exc import DatabaseError

    from interviewrelay.migrations import SchemaUnusable

    if isinstance(fault, SchemaUnusable):
        return str(fault)
    if isinstance(fault, DatabaseError):
        return f"{NO_DATABASE} ({str(fault.orig).strip().splitlines()[0]})"
    return ""


NO_DATABASE: Final = (
    "The database cannot be reached or used. Check that it is running, that DATABASE_URL is correct "
    "and that this user may open it."
)


HELD: Final = "HOLD_OUTGOING is set. Emails and webhooks stay queued and are not sent."


@click.group(cls=Group)
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
    with context.application(new=True, host=host, port=port) as app:
        from interviewrelay.accounts import accounts
        from interviewrelay.cli import banner
        from interviewrelay.interviews import interviews
        from interviewrelay.server import asgi_server, process_manager
        from interviewrelay.worker import schedule
        from interviewrelay.worker.runner import Rounds

        settings: Settings = app.extensions["settings"]
        context.on_a_disk_of_its_own(settings)
        listener = context.listener(settings)  # before the address is printed
        office = app.extensions["office"]
        if not lost_keys:
            context.with_its_keys(app)
        if demo and not accounts.anyone():
            context.apart(lambda: banner.demonstrate(office, settings))
        greeting = banner.greeting(office, settings, demonstration=demo)
        app.extensions["request_metrics"].clear()
    click.echo(greeting)
    _warn(settings)
    supervisor = (
        process_manager.Supervisor(settings.processes) if process_manager.CAN_FORK else None
    )

    def work(pulse: heartbeats.Pulse | None = None) -> None:
        _warm_up(office, settings)
        if supervisor is not None and supervisor.replaced()["silent"]:
            with app.app_context():  # before anybody opens a page
                interviews.abandon_readings(heartbeats.SILENCE)
        caught_up = schedule.catch_up(app)
        rounds = Rounds(app)
        rounds.start()
        try:
            asgi_server.serve(app, settings.threads, listener, pulse, caught_up)
        finally:
            rounds.stop()

    def close() -> None:
        asgi_server.invite_no_more(listener)
        listener.close()  # this process's copy; each child closes its own

    if supervisor is None:
        work()
        return
    app.extensions["supervisor"] = supervisor
    supervisor.run(work, close)


def _warm_up(office: "Office", settings: Settings) -> None:
    """Load now what the first answer would otherwise wait for."""
    from interviewrelay.interviewer.dialogue import warm_up

    if office.meaning is not None:
        office.meaning.closeness("", ())
    if not settings.ir_testing:  # most test servers never receive an answer
        warm_up.begin()


@main.command()
@click.option(
    "--json", "as_json", is_flag=True, help="Create test fixtures and print them as JSON."
)
@click.option("--sessions", default=0, help="Number of extra interviews, for load tests.")
def demo(as_json: bool, sessions: int) -> None:
    """Add demo data to an empty database."""
    from interviewrelay.cli import banner
    from interviewrelay.demo import study as demonstration

    with context.application(new=True) as app:
        office, settings = app.extensions["office"], app.extensions["settings"]
        if as_json:
            click.echo(json.dumps(demonstration.fixtures(office, sessions), indent=1))
        else:
            click.echo(banner.demonstrate(office, settings))


@main.command()
def openapi() -> None:
    """Print the OpenAPI 3.1 document of the API, as stored in docs/api/openapi.json."""
    from interviewrelay.web.openapi.document import PUBLISHED, document, written

    click.echo(written(document(PUBLISHED)), nl=False)


@main.command()
def migrate() -> None:
    """Migrate the database to the schema of this version."""
    with context.application(new=True):
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

    `serve` does this by itself. With several machines or a busy server, run as many workers as
    you need.
    """
    if at and not once:
        raise click.UsageError("--now requires --once.")
    with context.application(beside=True) as app:
        from interviewrelay.interviews import interviews
        from interviewrelay.server import process_manager
        from interviewrelay.worker import runner, schedule

        context.with_its_keys(app)  # otherwise the links in its emails would not work
        if once:
            schedule.once(app, context.moment(app.extensions["settings"], at))
            return
    if app.extensions["settings"].hold_outgoing:
        click.echo(HELD, err=True)
    click.echo("Worker started. Press Ctrl-C or send SIGTERM to stop it.")

    supervisor = process_manager.Supervisor(1) if process_manager.CAN_FORK else None

    def do(_pulse: heartbeats.Pulse | None = None) -> None:
        if supervisor is not None and supervisor.replaced()["silent"]:
            with app.app_context():
                interviews.abandon_readings(heartbeats.SILENCE)
        doing = runner.Work(app)
        doing.start()
        process_manager.until_told()
        doing.stop()

    if supervisor is None:
        do()
    else:
        supervisor.run(do, lambda: None)


COMMANDS: Final = (
    accounts, password_link, keys, credits, files, models, interview, simulate, backup, restore,
    erasures, doctor, retention, scripts,
)  # fmt: skip
for command in COMMANDS:
    main.add_command(command)
