"""WSGI application, for `flask run` and any WSGI server; brings the database up to date first."""

from flask import Flask

from interviewrelay import migrations
from interviewrelay.core.config.parsers import SettingsError
from interviewrelay.core.db.session import db, dispose
from interviewrelay.factory import create_app


def _migrated() -> Flask:
    """The application with the schema of this version. Ends in one sentence where it cannot be."""
    try:
        made = create_app()
        with made.app_context():
            migrations.upgrade(db.engine)
            dispose()  # a server that forks opens connections of its own
    except (SettingsError, migrations.SchemaUnusable) as fault:
        raise SystemExit(str(fault)) from None
    return made


app = _migrated()
