"""Commands on the place where files are kept."""

from typing import TYPE_CHECKING

import click

from interviewrelay.cli import context
from interviewrelay.core.errors import StorageAway

if TYPE_CHECKING:
    from interviewrelay.runtime.stored_files import Moved

FOLDER = "folder"


@click.group()
def files() -> None:
    """The files beside the database: where they are kept."""


@files.command("move")
@click.option(
    "--to", "target", required=True, help="s3://bucket/prefix, or folder: the instance's own."
)
@click.option(
    "--from",
    "source",
    help="Where from. Left out: where the server works now; when that is --to, the other place "
    "must be named unless it is the folder.",
)
@click.option("--delete", is_flag=True, help="Remove each file here once it is proven there.")
def move_files(target: str, source: str | None, delete: bool) -> None:
    """Copy all files to another place, and prove each by its size and SHA-256.

    May be broken off and begun again. STORAGE_URL is yours to change: between this and a second
    time with --delete.
    """
    from interviewrelay.adapters.storage import folder
    from interviewrelay.runtime import stored_files as kept

    there, given = _place("--to", target), _place("--from", source) if source else None
    with context.application() as app:
        settings = app.extensions["settings"]
        here = _origin(settings.storage_url, there) if given is None else given
        _refuse(settings.storage_url, here, there, delete=delete)
        try:
            moved = kept.move(
                folder.at(settings, here),
                folder.at(settings, there),
                target_in_use=there == settings.storage_url,
                delete=delete,
                tell=lambda so_far: click.echo(_told(so_far), err=True),
            )
        except StorageAway as fault:
            raise click.ClickException(f"{fault.why}. What is copied stays.") from None
    click.echo(_told(moved))


def _place(option: str, text: str) -> str:
    """A place as the settings write it: the folder is ""."""
    from interviewrelay.core.config.parsers import bucket

    return "" if text == FOLDER else bucket(option, text)


def _origin(in_use: str, there: str) -> str:
    return in_use if in_use != there else ""


def _refuse(in_use: str, here: str, there: str, *, delete: bool) -> None:
    if here == there:
        raise click.UsageError("The files are there already: --from names another place.")
    if delete and here == in_use:
        raise click.ClickException(
            "The server works with the files here. Copy them without --delete, set STORAGE_URL to "
            "the new place, start the server again, and then run this with --delete."
        )


def _told(moved: "Moved") -> str:
    return (
        f"{moved.copied} copied and proven ({moved.bytes} bytes), {moved.there} there already, "
        f"{moved.ownerless} of erased sessions left out, {moved.deleted} deleted here."
    )
