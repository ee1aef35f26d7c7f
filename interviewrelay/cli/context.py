"""Command context: opens the application and finds people and organizations."""

import gc
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

import click

from interviewrelay.core import clock
from interviewrelay.core.config import settings as config_settings
from interviewrelay.core.observability import logging_setup
from interviewrelay.operations import filesystem

TAKEN: Final = "Is the server already running? Set PORT to use another port."


@contextmanager
def open_application(
    *, new: bool = False, back_up: bool = True, **overrides: Any
) -> Iterator[Any]:
    """The application inside its context, with a migrated database, backed up before that.

    Only with `new` may the folder be missing; otherwise a missing one is a typo.
    """
    with open_application_as_is(new=new, **overrides) as app:
        from interviewrelay import migrations
        from interviewrelay.core.db.session import db

        if migrations.needs_upgrade(db.engine):
            run_once_in_subprocess(lambda: upgrade_database(app, back_up=back_up))
        yield app


def upgrade_database(app: Any, *, back_up: bool = True) -> None:
    """Upgrade the database after a backup. Prints what prevents it, and exits with 1."""
    from interviewrelay.backups import upgrade_backup
    from interviewrelay.core.db.session import db
    from interviewrelay.core.errors import OperatorError

    services, settings = app.extensions["services"], app.extensions["settings"]
    try:
        made = upgrade_backup.upgrade_database(db.engine, services, settings, back_up=back_up)
    except OperatorError as fault:
        click.echo(str(fault), err=True)
        raise SystemExit(1) from None
    if made is not None:
        click.echo(f"Backed up to {made} before the upgrade.", err=True)


@contextmanager
def open_application_as_is(
    *, new: bool = False, looking: bool = False, **overrides: Any
) -> Iterator[Any]:
    """The application with the database as it is; with `looking`, it may be read-only."""
    settings = config_settings.read_settings(new=new, looking=looking, **overrides)
    logging_setup.configure_logging(
        settings.log_level or logging_setup.choose_level(sys.stderr)
    )
    with _nothing_thrown_away():
        _load_code()
        from interviewrelay import factory
        from interviewrelay.core.db import session

        app = factory.create_app(settings)
    with app.app_context():
        try:
            yield app
        finally:
            session.dispose()  # each server process opens its own connections


@contextmanager
def _nothing_thrown_away() -> Iterator[None]:
    """Pause garbage collection during start-up, which saves a tenth of its time.

    Commands import their parts inside the application, which has most of them loaded.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _load_code() -> None:
    """Load the application, and exempt its code from garbage collection: finding out twice that none
    of it is garbage took a sixth of a start.
    """
    if "interviewrelay.factory" not in sys.modules:
        from interviewrelay import factory  # noqa: F401

        gc.freeze()


def run_once_in_subprocess(work: Callable[[], object]) -> None:
    """Run one-time work in a child process, so that a server's memory stays as small as at its next
    start. Raises ClickException.
    """
    from interviewrelay.core.db import session
    from interviewrelay.server import process_manager

    session.dispose()
    try:
        process_manager.run_in_subprocess(work)
    except ChildProcessError:
        raise click.ClickException("The command failed. See the messages above.") from None


def parse_moment(settings: config_settings.Settings, at: str | None) -> datetime | None:
    """Parse the moment for a test. Raises UsageError."""
    if at is None:
        return None
    if not settings.ir_testing:
        raise click.UsageError("--now is for tests and requires IR_TESTING=1.")
    try:
        return clock.start_of(clock.parse_iso(at))
    except ValueError:
        raise click.UsageError("--now must be an ISO 8601 date and time.") from None


def require_matching_keys(app: Any) -> None:
    """Check that the secret keys belong to the database, and delete new ones created in their
    place. Raises SettingsError.
    """
    from interviewrelay.core.security import key_file
    from interviewrelay.operations import encrypted_columns

    try:
        encrypted_columns.require_keys(app.extensions["services"].ring)
    except encrypted_columns.SecretKeysMissing:
        if made := app.extensions["settings"].secret_keys_at:
            key_file.remove_created(made)
        raise


def require_local_disk(settings: config_settings.Settings) -> None:
    """Check that no other machine can have SQLite's file open. Raises SettingsError."""
    if problem := filesystem.describe_shared_disk(settings.database_file):
        raise config_settings.SettingsError(problem)


def open_listener(settings: config_settings.Settings) -> Any:
    """Listening socket of the server. Raises ClickException when it is not available."""
    from interviewrelay.server import asgi_server

    try:
        return asgi_server.open_listener(settings.host, settings.port)
    except OSError as fault:
        where = f"{settings.host} port {settings.port}"
        resolved = isinstance(fault, socket.gaierror)
        hint = "HOST must be an address of this machine." if resolved else TAKEN
        raise click.ClickException(
            f"Cannot listen on {where}: {fault.strerror}. {hint}"
        ) from None


def read_password(given: str | None) -> str:
    """Password from the option, a prompt at a terminal, or the first line of a pipe."""
    if given:
        return given
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    piped = sys.stdin.readline().rstrip("\r\n")
    if not piped:
        raise click.UsageError("Use --password, or pass the password on standard input.")
    return piped


def find_member(email: str) -> Any:
    from interviewrelay.accounts import accounts

    member = accounts.find_membership(email)
    if member is None:
        raise click.ClickException(
            "No account has this email address. Run 'accounts list' to see all accounts."
        )
    return member


def find_organization(slug: str) -> Any:
    from interviewrelay.accounts import accounts

    found = accounts.find_organization(slug)
    if found is None:
        raise click.ClickException(
            "There is no organization with this slug or ID. Run 'accounts list' to see all slugs."
        )
    return found
