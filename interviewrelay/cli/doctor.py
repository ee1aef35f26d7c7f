"""The command `interviewrelay doctor`."""

import json
import sys
from typing import Any

import click

from interviewrelay.cli import context


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def doctor(as_json: bool) -> None:
    """Check that the data is consistent and the server can run. Exits with status 1 if not.

    Changes nothing, not even an older schema.
    """
    with context.open_application_as_is() as app:
        failed = print_report(app, as_json=as_json)
    sys.exit(failed)


def print_report(app: Any, *, as_json: bool = False) -> bool:
    """Print a line for each check and for each problem; True if there is any problem."""
    findings, off = _found(app)
    if as_json:
        checks = [
            {"name": name, "ok": not found, "found": found} for name, found in findings.items()
        ]
        told = {"ok": not any(findings.values()), "checks": checks, "off": off}
        click.echo(json.dumps(told, indent=1))
        return any(findings.values())
    for name in off:
        click.echo(f"off  {name}")
    for name, found in findings.items():
        click.echo(f"{'ok  ' if not found else 'FAIL'} {name}")
        for sentence in found:
            click.echo(f"     {sentence}")
    return any(findings.values())


def _found(app: Any) -> tuple[dict[str, list[str]], list[str]]:
    """Problems by check, and the checks that were skipped. With another schema, nothing else can be
    checked.
    """
    from interviewrelay import migrations
    from interviewrelay.core.db.session import db
    from interviewrelay.operations import consistency_check
    from interviewrelay.operations.server_checks import CheckedServer, not_set_up

    has, wants = migrations.get_current(db.engine), migrations.get_head()
    if has != wants:
        schema = has or "no schema"
        words = f"found {schema}, but this version needs {wants}. Run `interviewrelay migrate`"
        return {"schema matches this version": [words]}, ["all other checks"]
    services = app.extensions["services"]
    findings: dict[str, list[str]] = {"schema matches this version": []}
    server = CheckedServer(services, app.extensions["settings"])
    findings |= consistency_check.run_checks(server)
    off = []
    for name, why in not_set_up(server).items():
        if not findings[name]:  # what waits all the same is told
            del findings[name]
            off.append(f"{name}: {why}")
    spoken, silent = _speech(services.speech, server.settings)
    findings, off = spoken | findings, [*silent, *off]
    if services.similarity is None:
        return findings, ["semantic similarity: not installed or turned off", *off]
    wrong = services.similarity.similarities("", ()) is None
    found = ["it does not work. See the messages above"] if wrong else []
    return {f"semantic similarity with {services.similarity.name}": found, **findings}, off


def _speech(speech: Any, settings: Any) -> tuple[dict[str, list[str]], list[str]]:
    """Problems of the speech engines, and those that there are not."""
    from interviewrelay.operations import speech_checks

    found = speech_checks.check_engines(speech)
    told = speech_checks.describe_engines(speech, settings)
    checked = {f"{name}: {told[name]}": problems for name, problems in found.items()}
    return checked, [f"{name}: {what}" for name, what in told.items() if name not in found]
