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
from interviewrelay.core.config import settings as settings_module
from interviewrelay.core.observability import logging_setup
from interviewrelay.operations import filesystem

TAKEN: Final = "Is the server already running? Set PORT to use another port."


@contextmanager
def application(*, new: bool = False, **overrides: Any) -> Iterator[Any]:
    """The application inside its context, with a migrated database.

    Only with `new` may the folder be missing; otherwise a missing one is a typo.
    """
    with as_it_is(new=new, **overrides) as app:
        from interviewrelay import migrations
        from interviewrelay.core.db.session import db

        if migrations.behind(db.engine):
            apart(lambda: migrations.upgrade(db.engine))
        yield app


@contextmanager
def as_it_is(*, new: bool = False, looking: bool = False, **overrides: Any) -> Iterator[Any]:
    """The application with the database as it is; with `looking`, it may be read-only."""
    settings = settings_module.read(new=new, looking=looking, **overrides)
    logging_setup.configure(settings.log_level or logging_setup.level_for(sys.stderr))
    with _nothing_thrown_away():
        from interviewrelay import factory
        from interviewrelay.core.db import session

        app = factory.create_app(settings)
    with app.app_context():
        try:
            yield app
        finally:
            session.let_go()  # each server process opens its own connections


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


def apart(work: Callable[[], object]) -> None:
    """Run one-time work in a child process, so that a server's memory stays as small as at its next
    start. Raises ClickException.
    """
    from interviewrelay.core.db import session
    from interviewrelay.server import process_manager

    session.let_go()
    try:
        process_manager.apart(work)
    except ChildProcessError:
        raise click.ClickException("The command failed. See the messages above.") from None


def moment(settings: settings_module.Settings, at: str | None) -> datetime | None:
    """Parse the moment for a test. Raises UsageError."""
    if at is None:
        return None
    if not settings.ir_testing:
        raise click.UsageError("--now is for tests and requires IR_TESTING=1.")
    try:
        return clock.start_of(clock.parse(at))
    except ValueError:
        raise click.UsageError("--now must be an ISO 8601 date and time.") from None


def with_its_keys(app: Any) -> None:
    """Check that the secret keys belong to the database, and delete new ones created in their
    place. Raises SettingsError.
    """
    from interviewrelay.core.security import key_file
    from interviewrelay.operations import encrypted_columns

    try:
        encrypted_columns.require_keys(app.extensions["office"].ring)
    except encrypted_columns.SecretKeysMissing:
        if made := app.extensions["settings"].secret_keys_at:
            key_file.take_back(made)
        raise


def on_a_disk_of_its_own(settings: settings_module.Settings) -> None:
    """Check that no other machine can have SQLite's file open. Raises SettingsError."""
    kind = filesystem.shared(settings.database_file) if settings.database_file else None
    if kind:
        raise settings_module.SettingsError(
            filesystem.REFUSED.format(settings.database_file, kind)
        )


def listener(settings: settings_module.Settings) -> Any:
    """Listening socket of the server. Raises ClickException when it is not available."""
    from interviewrelay.server import asgi_server

    try:
        return asgi_server.listener(settings.host, settings.port)
    except OSError as fault:
        where = f"{settings.host} port {settings.port}"
        resolved = isinstance(fault, socket.gaierror)
        hint = "HOST must be an address of this machine." if resolved else TAKEN
        raise click.ClickException(
            f"Cannot listen on {where}: {fault.strerror}. {hint}"
        ) from None


def password(given: str | None) -> str:
    """Password from the option, a prompt at a terminal, or the first line of a pipe."""
    if given:
        return given
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    piped = sys.stdin.readline().rstrip("\r\n")
    if not piped:
        raise click.UsageError("Use --password, or pass the password on standard input.")
    return piped


def member_of(email: str) -> Any:
    from interviewrelay.accounts import accounts as people

    member = people.membership_of(email)
    if member is None:
        raise click.ClickException(
            "No account has this email address. Run 'accounts list' to see all accounts."
        )
    return member


def organization_named(slug: str) -> Any:
    from interviewrelay.accounts import accounts as people

    found = people.organization_named(slug)
    if found is None:
        raise click.ClickException(
            "There is no organization with this name. Run 'accounts list' to see all."
        )
    return found
