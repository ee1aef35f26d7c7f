"""The command `interviewrelay`."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from interviewrelay import __version__, logs, settings as settings_module
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
    from interviewrelay.domain import interviews
    from interviewrelay.worker.schedule import Rounds

    with _application(host=host, port=port) as app:
        settings: Settings = app.extensions["settings"]
        office = app.extensions["office"]
        interviews.ask_what_is_owed()  # before anybody looks
        greeting = welcome.greeting(office, settings, demonstration=demo)
        database.let_go()  # the processes open connections of their own
    click.echo(greeting)
    several = settings.processes > 1
    shared = server.listener(settings.host, settings.port) if several else None

    def work() -> None:
        rounds = Rounds(app)
        rounds.start()
        try:
            server.serve(app, settings.host, settings.port, settings.threads, shared)
        finally:
            rounds.stop()

    if several:
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

    with _application() as app:
        office, settings = app.extensions["office"], app.extensions["settings"]
        if as_json:
            click.echo(json.dumps(demonstration.fixtures(office, sessions), indent=1))
        else:
            click.echo(welcome.demonstrate(office, settings))


@main.command()
def migrate() -> None:
    """Bring the database to the form that this version needs."""
    with _application():
        click.echo("The database is up to date.")


@main.command()
def doctor() -> None:
    """Prove that what is stored agrees with itself; exit 1 when something does not."""
    from interviewrelay.domain.doctor import examine

    with _application():
        findings = examine()
    for name, found in findings.items():
        click.echo(f"{'ok  ' if not found else 'FAIL'} {name}")
        for sentence in found:
            click.echo(f"     {sentence}")
    sys.exit(any(findings.values()))


@main.command()
@click.option("--once", is_flag=True, required=True, expose_value=False, help="Now, and once.")
def worker() -> None:
    """Do what is due: mails, stale interviews, new months. `serve` does it by itself."""
    from interviewrelay.worker import schedule

    with _application() as app:
        schedule.once(app)


@main.group()
def accounts() -> None:
    """Organizations and people."""


@accounts.command("list")
def list_accounts() -> None:
    """Everybody with an account."""
    from interviewrelay.domain import accounts as people

    with _application():
        for member in people.everyone():
            org = member.organization
            click.echo(f"{org.slug}\t{org.plan}\t{member.user.email}\t{member.role}")


@accounts.command("create")
@click.option("--organization", required=True)
@click.option("--email", required=True)
@click.option("--name", default="")
@click.option("--plan", default="free", show_default=True)
@click.password_option()
def create_account(organization: str, email: str, name: str, plan: str, password: str) -> None:
    """A further organization with its owner."""
    from interviewrelay.domain import accounts as people

    with _application():
        owner = people.NewOwner(organization, name, email, password)
        member = people.create(owner, plan=plan)
        click.echo(f"Made {member.organization.slug}; {member.user.email} can log in now.")


@accounts.command("password")
@click.argument("email")
@click.password_option()
def set_password(email: str, password: str) -> None:
    """Give somebody a new password and end their log-ins."""
    from interviewrelay.domain import accounts as people

    with _application():
        people.set_password(email, password)
        click.echo("The new password holds from now on.")


@main.group()
def keys() -> None:
    """API keys."""


@keys.command("list")
@click.argument("email")
def list_keys(email: str) -> None:
    """The keys of somebody's organization."""
    from interviewrelay.domain import accounts as people, keys as api_keys, represent

    with _application():
        for row in api_keys.listing(people.actor(_member(email))).items:
            shape = represent.key(row)
            state = "revoked" if shape["revoked_at"] else "active"
            click.echo(
                f"{shape['shown']}\t{state}\t{shape['name']}\t{shape['last_used_at'] or '-'}"
            )


@keys.command("create")
@click.argument("email")
@click.option("--name", default="Made by command", show_default=True)
@click.option(
    "--permission", "permissions", multiple=True, help="Such as campaigns:read; default all."
)
@click.option("--test", is_flag=True, help="A test key: no mail leaves, no credit moves.")
def create_key(email: str, name: str, permissions: tuple[str, ...], test: bool) -> None:
    """A key that acts for somebody; it is shown once."""
    from interviewrelay.domain import keys as api_keys

    with _application() as app:
        wanted = list(permissions) or None
        ring = app.extensions["office"].ring
        _, text = api_keys.create(ring, _member(email), name, permissions=wanted, test=test)
        click.echo(text)


@keys.command("revoke")
@click.argument("email")
@click.argument("public_id")
def revoke_key(email: str, public_id: str) -> None:
    """End a key, named by the eight characters after `ir_live_`."""
    from interviewrelay.domain import accounts as people, keys as api_keys

    with _application():
        row = api_keys.named(people.actor(_member(email)), public_id)
        api_keys.revoke(row)
        click.echo("The key is revoked.")


@main.group()
def credits() -> None:
    """Credits."""


@credits.command("show")
@click.argument("slug")
def show_credits(slug: str) -> None:
    """An organization's balance."""
    from interviewrelay.domain import billing

    with _application():
        row = billing.account_of(_organization(slug).id)
        click.echo(
            f"monthly {row.monthly}, starter {row.starter}, top-up {row.topup}, held {row.held}"
        )


@credits.command("grant")
@click.argument("slug")
@click.argument("amount", type=click.IntRange(1, 10_000_000))
@click.option(
    "--reference", required=True, help="Names this grant: the same one gives only once."
)
@click.option("--reason", help="What the ledger says; by default that it is a top-up.")
def grant_credits(slug: str, amount: int, reference: str, reason: str | None) -> None:
    """Give an organization top-up credits."""
    from interviewrelay.domain import billing

    with _application():
        row = billing.grant(_organization(slug).id, amount, f"admin:{reference}", reason)
        click.echo(f"The balance is {billing.balance(row)} credits.")


@credits.command("plan")
@click.argument("slug")
@click.argument("plan")
@click.option("--monthly-credits", type=click.IntRange(0, 100_000_000), help="Enterprise only.")
@click.option("--requests-per-hour", type=click.IntRange(1), help="Enterprise only.")
def change_plan(
    slug: str, plan: str, monthly_credits: int | None, requests_per_hour: int | None
) -> None:
    """Put an organization on another plan: more credits at once, fewer from the next month."""
    from interviewrelay.domain import subscriptions

    with _application():
        row = subscriptions.change(
            _organization(slug),
            plan,
            monthly_credits=monthly_credits,
            requests_per_hour=requests_per_hour,
        )
        click.echo(f"{slug} is on {plan}: {row.monthly_amount} credits a month.")


@contextmanager
def _application(**overrides: Any) -> Iterator[Any]:
    """The application with its database up to date, inside its context."""
    from interviewrelay import factory, migrations
    from interviewrelay.database import db

    settings = settings_module.read(**overrides)
    logs.configure(settings.log_level)
    app = factory.create_app(settings)
    with app.app_context():
        migrations.upgrade(db.engine)
        yield app


def _member(email: str) -> Any:
    from interviewrelay.domain import accounts as people

    member = people.membership_of(email)
    if member is None:
        raise click.ClickException(
            "Nobody with this address has an account: see 'accounts list'."
        )
    return member


def _organization(slug: str) -> Any:
    from interviewrelay.domain import accounts as people

    found = people.organization_named(slug)
    if found is None:
        raise click.ClickException(
            "There is no organization of this name: see 'accounts list'."
        )
    return found


if __name__ == "__main__":
    main()
