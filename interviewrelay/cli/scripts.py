"""Commands for scripts as files: check, import, export."""

from typing import TYPE_CHECKING, BinaryIO, Literal

import click

from interviewrelay.cli import context
from interviewrelay.core.errors import Refusal

if TYPE_CHECKING:
    from interviewrelay.scripts.document import ScriptDocument


def load_script(file: BinaryIO) -> "ScriptDocument":
    """Script of a file. Raises ClickException with the problem and its line."""
    from interviewrelay.scripts.file_format import LARGEST
    from interviewrelay.web.scripts.uploads import read_script

    try:
        return read_script(file.read(LARGEST + 1))
    except Refusal as fault:
        found = (fault.details or {}).get("errors") or [{"message": fault.message}]
        words = "\n".join(f"{file.name}: {problem['message']}" for problem in found)
        raise click.ClickException(words) from None


@click.group()
def scripts() -> None:
    """Check, import and export scripts as YAML or JSON files."""


@scripts.command("check")
@click.argument("script", type=click.File("rb"))
def check_script(script: BinaryIO) -> None:
    """Check SCRIPT for problems and estimate the interview length.

    Exits with status 1 if the script cannot be published.
    """
    from interviewrelay.scripts import scripts as script_service

    document = load_script(script).document()
    remarks = script_service.list_remarks(document)
    for remark in remarks:
        place = " ".join(filter(None, (remark.question_id, remark.field)))
        click.echo(f"{remark.level}: {place}: {remark.message}")
    told = script_service.estimate_document(document)
    click.echo(f"About {told.likely} minutes ({told.shortest} to {told.longest}).")
    if any(remark.level == "error" for remark in remarks):
        raise SystemExit(1)


@scripts.command("import")
@click.argument("email")
@click.argument("script", type=click.File("rb"))
def import_script(email: str, script: BinaryIO) -> None:
    """Import SCRIPT as a draft into the organization of the member EMAIL and print its ID."""
    from interviewrelay.accounts import accounts
    from interviewrelay.scripts import scripts as script_service

    document = load_script(script)
    with context.open_application():
        actor = accounts.build_actor(context.find_member(email))
        click.echo(script_service.create_script(actor, document).id)


@scripts.command("export")
@click.argument("email")
@click.argument("script_id")
@click.option(
    "--format", "form", type=click.Choice(["yaml", "json"]), default="yaml", show_default=True
)
def export_script(email: str, script_id: str, form: Literal["yaml", "json"]) -> None:
    """Print the current draft of a script in the organization of the member EMAIL."""
    from interviewrelay.accounts import accounts
    from interviewrelay.organizations import access
    from interviewrelay.scripts import file_format

    with context.open_application():
        actor = accounts.build_actor(context.find_member(email))
        document = access.get_script(actor, script_id).document
        click.echo(file_format.format_file(document, form), nl=False)
