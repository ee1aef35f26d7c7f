"""The command `interviewrelay doctor`."""

import json
import sys
from typing import Any

import click

from interviewrelay.cli import opening


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def doctor(as_json: bool) -> None:
    """Prove that what is stored agrees with itself and that this server can go on; exit 1 when not."""
    with opening.application() as app:
        failed = report(app, as_json=as_json)
    sys.exit(failed)


def report(app: Any, *, as_json: bool = False) -> bool:
    """Tell what was found; whether anything is wrong."""
    from interviewrelay.domain.doctor import examine

    findings = examine(app.extensions["office"])
    ok = not any(findings.values())
    meaning = _closeness(app.extensions["office"].meaning)
    if meaning == "fails":
        findings["closeness in meaning"] = ["it cannot be told; the lines above say why"]
        ok = False
    if as_json:
        told = {"ok": ok, "checks": findings, "closeness_in_meaning": meaning}
        click.echo(json.dumps(told, indent=1))
        return not ok
    if meaning == "off":
        click.echo("off  closeness in meaning: not installed, or switched off")
    elif meaning != "fails":
        click.echo(f"ok   closeness in meaning, by {meaning}")
    for name, found in findings.items():
        click.echo(f"{'ok  ' if not found else 'FAIL'} {name}")
        for sentence in found:
            click.echo(f"     {sentence}")
    return not ok


def _closeness(meaning: Any) -> str:
    """`off`, `fails`, or what it is told by."""
    if meaning is None:
        return "off"
    return "fails" if meaning.closeness("", ()) is None else meaning.name
