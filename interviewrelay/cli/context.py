"""What the commands open before they work: the application, somebody, an organization."""

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
    """The application with its database up to date, inside its context.

    Only a `new` one may begin in a folder that is not there: elsewhere that is a slip of the pen.
    """
    with as_it_is(new=new, **overrides) as app:
        from interviewrelay import migrations
        from interviewrelay.core.db.session import db

        if migrations.behind(db.engine):
            apart(lambda: migrations.upgrade(db.engine))
        yield app


@contextmanager
def as_it_is(*, new: bool = False, looking: bool = False, **overrides: Any) -> Iterator[Any]:
    """The same with the database at whatever revision it has; `looking`, nothing has to be writable."""
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
            session.let_go()  # the processes of a server open connections of their own


@contextmanager
def _nothing_thrown_away() -> Iterator[None]:
    """What a program loads at its start stays: looking for what may go costs a tenth of that time.

    Commands load the parts that they want once they are in the application, which has most of them.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def apart(work: Callable[[], object]) -> None:
    """Do once, in a process of its own, what a server needs once: it stays as small as at its next
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
    """When it is to be, for a test. Raises UsageError."""
    if at is None:
        return None
    if not settings.ir_testing:
        raise click.UsageError("--now is for tests and requires IR_TESTING=1.")
    try:
        return clock.start_of(clock.parse(at))
    except ValueError:
        raise click.UsageError("--now must be an ISO 8601 date and time.") from None


def with_its_keys(app: Any) -> None:
    """Raises SettingsError where the secret keys are not those of the database; none are left that
    were made in their place.
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
    """Raises SettingsError where another machine could have SQLite's file open, too."""
    kind = filesystem.shared(settings.database_file) if settings.database_file else None
    if kind:
        raise settings_module.SettingsError(
            filesystem.REFUSED.format(settings.database_file, kind)
        )


def listener(settings: settings_module.Settings) -> Any:
    """The socket that is served on. Raises ClickException when it cannot be had."""
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
    """As it was given, or asked for at a terminal, or the first line of what is piped in."""
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
