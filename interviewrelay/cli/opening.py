"""What the commands open before they work: the application, somebody, an organization."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from interviewrelay import logs, settings as settings_module


@contextmanager
def application(**overrides: Any) -> Iterator[Any]:
    """The application with its database up to date, inside its context."""
    from interviewrelay import factory, migrations
    from interviewrelay.database import db

    settings = settings_module.read(**overrides)
    logs.configure(settings.log_level)
    app = factory.create_app(settings)
    with app.app_context():
        migrations.upgrade(db.engine)
        yield app


def member_of(email: str) -> Any:
    from interviewrelay.domain import accounts as people

    member = people.membership_of(email)
    if member is None:
        raise click.ClickException(
            "Nobody with this address has an account: see 'accounts list'."
        )
    return member


def organization_named(slug: str) -> Any:
    from interviewrelay.domain import accounts as people

    found = people.organization_named(slug)
    if found is None:
        raise click.ClickException(
            "There is no organization of this name: see 'accounts list'."
        )
    return found
