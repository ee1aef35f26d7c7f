"""WSGI application, for `flask run` and any WSGI server; backs up and upgrades the database first."""

from click import ClickException
from flask import Flask

from interviewrelay import migrations
from interviewrelay.cli import context
from interviewrelay.core.db.session import db, dispose
from interviewrelay.core.errors import OperatorError
from interviewrelay.factory import create_app


def _migrated() -> Flask:
    """The application with the schema of this version. Ends in one sentence where it cannot be."""
    try:
        made = create_app()
        with made.app_context():
            if migrations.needs_upgrade(db.engine):
                context.run_once_in_subprocess(lambda: context.upgrade_database(made))
            dispose()  # a server that forks opens connections of its own
    except (OperatorError, ClickException) as fault:
        raise SystemExit(str(fault)) from None
    return made


app = _migrated()
