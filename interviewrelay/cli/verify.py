"""The commands `interviewrelay verify` and `interviewrelay signing-keys`."""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any, Final

import click

from interviewrelay.cli import context

NO_KEYS: Final = (
    "This is not a JSON Web Key Set. Get it from https://<server>/.well-known/jwks.json, or with "
    "`interviewrelay signing-keys`."
)


@click.command()
@click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--campaign", "campaign_id", help="Check only the interviews of this campaign.")
@click.option("--session", "session_id", help="Check only this interview.")
@click.option(
    "--keys",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Public keys of the server that signed FILE (its /.well-known/jwks.json). "
    "Without them, those of this server are used.",
)
def verify(
    file: Path | None, campaign_id: str | None, session_id: str | None, keys: Path | None
) -> None:
    """Check that every turn is as it was stored, or that FILE, a signed transcript, is as it was
    signed. Exits with status 1 if not.

    Names each turn that was changed, removed, added or moved. Prints no answers, and changes
    nothing.
    """
    if file is not None and (campaign_id or session_id):
        raise click.UsageError("Give either FILE, or --campaign or --session.")
    if file is None and keys is not None:
        raise click.UsageError("--keys is for FILE.")
    if file is not None:
        sys.exit(_verify_file(file, keys))
    with context.open_application() as app:
        failed = _verify_database(app, campaign_id, session_id)
    sys.exit(failed)


@click.command("signing-keys")
def signing_keys() -> None:
    """Print the public keys of this server's signed transcripts, as a JSON Web Key Set."""
    from interviewrelay.integrity import signatures

    click.echo(json.dumps(signatures.build_key_set(_read_own_keys()), indent=1))


def _verify_database(app: Any, campaign_id: str | None, session_id: str | None) -> bool:
    from interviewrelay.integrity import verification

    report = verification.Report()
    ring = app.extensions["services"].ring
    for finding in verification.verify_interviews(
        ring, report, campaign_id=campaign_id, session_id=session_id
    ):
        click.echo(finding)
    if not report.interviews and (campaign_id or session_id):
        raise click.ClickException("There is no interview with this id. Check the id.")
    for day, count in sorted(Counter(f"{at:%Y-%m-%d}" for _, at in report.found).items()):
        click.echo(f"{_count(count, 'interview')} sealed on {day}, not from the start.")
    if report.waiting:
        click.echo(
            f"{_count(report.waiting, 'interview')} of an older version not sealed yet. The server "
            "seals them within minutes of its start."
        )
    checked = f"{_count(report.interviews, 'interview')} with {_count(report.turns, 'turn')}"
    if report.findings:
        click.echo(f"{checked} checked: {_count(report.findings, 'problem')}.")
    else:
        click.echo(f"{checked} checked: everything is as it was stored.")
    return report.findings > 0


def _verify_file(file: Path, keys: Path | None) -> bool:
    from interviewrelay.integrity import signatures, signed_file

    try:
        known = signatures.parse_key_set(keys.read_bytes()) if keys else _read_own_keys()
    except ValueError:
        raise click.ClickException(NO_KEYS) from None
    try:
        report = signed_file.check_file(known, file.read_bytes())
    except signed_file.NotSigned as fault:
        raise click.ClickException(str(fault)) from None
    for problem in report.problems:
        click.echo(problem)
    if report.signed_at:
        click.echo(
            f"Interview {report.session_id}, signed on {report.signed_at} with the key "
            f"{report.key_id}."
        )
    checked = f"{_count(report.turns, 'turn')} checked"
    if report.problems:
        click.echo(f"{checked}: {_count(len(report.problems), 'problem')}.")
    else:
        click.echo(f"{checked}: everything is as it was signed.")
    return bool(report.problems)


def _read_own_keys() -> dict[str, bytes]:
    from interviewrelay.integrity import signatures

    with context.open_application() as app:
        return signatures.list_public_keys(app.extensions["services"].ring)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
