"""The command `interviewrelay`."""

import json
import sys
from typing import Any

import click

from interviewrelay import __version__
from interviewrelay.cli import opening
from interviewrelay.cli.credits import credits
from interviewrelay.cli.models import models
from interviewrelay.cli.people import accounts, keys, password_link
from interviewrelay.cli.rehearse import interview, simulate
from interviewrelay.errors import Refusal
from interviewrelay.settings import Settings, SettingsError


class Group(click.Group):
    """Ends with one sentence where something cannot be done, never with a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        from interviewrelay.migrations import SchemaTooNew

        try:
            return super().invoke(ctx)
        except (SettingsError, SchemaTooNew, Refusal) as fault:
            raise click.ClickException(str(fault)) from None


@click.group(cls=Group)
@click.version_option(__version__, prog_name="interviewrelay")
def main() -> None:
    """AI-led interviews that you host yourself."""


@main.command()
@click.option("--host", help="Address to listen on (default 127.0.0.1, or HOST).")
@click.option("--port", type=int, help="Port to listen on (default 8000, or PORT).")
@click.option("--demo", is_flag=True, help="Put a demonstration study into an empty database.")
def serve(host: str | None, port: int | None, demo: bool) -> None:
    """Migrate the database if need be, and serve."""
    from interviewrelay import database, processes, server, welcome
    from interviewrelay.domain import accounts, interviews
    from interviewrelay.worker.schedule import Rounds

    with opening.application(new=True, host=host, port=port) as app:
        settings: Settings = app.extensions["settings"]
        listener = opening.listener(settings)  # before anybody is told where we are
        office = app.extensions["office"]
        interviews.ask_what_is_owed()  # before anybody looks
        if demo and not accounts.anyone():
            opening.apart(lambda: welcome.demonstrate(office, settings))
        greeting = welcome.greeting(office, settings, demonstration=demo)
        app.extensions["tallies"].forget()
        database.let_go()  # the processes open connections of their own
    click.echo(greeting)

    def work() -> None:
        if office.meaning is not None:
            office.meaning.closeness("", ())  # loaded now, so that nobody waits for it later
        rounds = Rounds(app)
        rounds.start()
        try:
            server.serve(app, settings.threads, listener)
        finally:
            rounds.stop()

    if settings.processes > 1:
        processes.keep(settings.processes, work)
    else:
        work()


@main.command()
@click.option(
    "--json", "as_json", is_flag=True, help="Make what tests start from and print it."
)
@click.option("--sessions", default=0, help="So many interviews more, for load.")
def demo(as_json: bool, sessions: int) -> None:
    """Put demonstration data into an empty database."""
    from interviewrelay import welcome
    from interviewrelay.domain import demo as demonstration

    with opening.application(new=True) as app:
        office, settings = app.extensions["office"], app.extensions["settings"]
        if as_json:
            click.echo(json.dumps(demonstration.fixtures(office, sessions), indent=1))
        else:
            click.echo(welcome.demonstrate(office, settings))


@main.command()
def openapi() -> None:
    """Print the description of the API (OpenAPI 3.1), as docs/api/openapi.json keeps it."""
    from interviewrelay.web.reference.document import PUBLISHED, document, written

    click.echo(written(document(PUBLISHED)), nl=False)


@main.command()
def migrate() -> None:
    """Bring the database to the form that this version needs."""
    with opening.application(new=True):
        click.echo("The database is up to date.")


@main.command()
def doctor() -> None:
    """Prove that what is stored agrees with itself; exit 1 when something does not."""
    from interviewrelay.domain.doctor import examine

    with opening.application() as app:
        findings = examine()
        meaning = app.extensions["office"].meaning
    if meaning is None:
        click.echo("off  closeness in meaning: not installed, or switched off")
    elif meaning.closeness("", ()) is None:
        findings["closeness in meaning"] = ["it cannot be told; the lines above say why"]
    else:
        findings[f"closeness in meaning, by {meaning.name}"] = []
    for name, found in findings.items():
        click.echo(f"{'ok  ' if not found else 'FAIL'} {name}")
        for sentence in found:
            click.echo(f"     {sentence}")
    sys.exit(any(findings.values()))


@main.command()
@click.option("--once", is_flag=True, required=True, expose_value=False, help="One time.")
@click.option(
    "--now", "at", help="As if it were this moment (ISO 8601); with IR_TESTING=1 only."
)
def worker(at: str | None) -> None:
    """Do what is due: mails, stale interviews, new months. `serve` does it by itself."""
    from interviewrelay.worker import schedule

    with opening.application() as app:
        schedule.once(app, opening.moment(app.extensions["settings"], at))


for command in (accounts, password_link, keys, credits, models, interview, simulate):
    main.add_command(command)
