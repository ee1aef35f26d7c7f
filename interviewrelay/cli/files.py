"""Commands for file storage."""

from typing import TYPE_CHECKING

import click

from interviewrelay.cli import context
from interviewrelay.core.errors import StorageUnreachable

if TYPE_CHECKING:
    from interviewrelay.runtime.stored_files import MoveResult

FOLDER = "folder"


@click.group()
def files() -> None:
    """Manage where files are stored."""


@files.command("move")
@click.option(
    "--to",
    "target",
    required=True,
    help="s3://bucket/prefix, or 'folder' for the instance folder.",
)
@click.option(
    "--from",
    "source",
    help="Source (default: the current storage). Required if --to is the current storage, unless "
    "the source is the folder.",
)
@click.option(
    "--delete", is_flag=True, help="Delete each file at the source once its copy is verified."
)
def move_files(target: str, source: str | None, delete: bool) -> None:
    """Copy all files to another storage and verify each by size and SHA-256.

    If interrupted, run the command again to continue. To switch, set STORAGE_URL to the new storage,
    restart the server, then run the command again with --delete.
    """
    from interviewrelay.adapters.storage import folder
    from interviewrelay.runtime import stored_files

    there, given = _place("--to", target), _place("--from", source) if source else None
    with context.open_application() as app:
        settings = app.extensions["settings"]
        here = _origin(settings.storage_url, there) if given is None else given
        _refuse(settings.storage_url, here, there, delete=delete)
        try:
            moved = stored_files.move_files(
                folder.open_storage(settings, here),
                folder.open_storage(settings, there),
                target_in_use=there == settings.storage_url,
                delete=delete,
                tell=lambda so_far: click.echo(_told(so_far), err=True),
            )
        except StorageUnreachable as fault:
            raise click.ClickException(
                f"The file storage cannot be used: {fault.why}. Files copied so far are kept. Fix the "
                "problem, then run this command again."
            ) from None
    click.echo(_told(moved))


def _place(option: str, text: str) -> str:
    """Storage as the settings name it; the folder is ""."""
    from interviewrelay.core.config.parsers import bucket

    return "" if text == FOLDER else bucket(option, text)


def _origin(in_use: str, there: str) -> str:
    return in_use if in_use != there else ""


def _refuse(in_use: str, here: str, there: str, *, delete: bool) -> None:
    if here == there:
        raise click.UsageError("The files are already there. Name another source with --from.")
    if delete and here == in_use:
        raise click.ClickException(
            "The server still uses these files. Copy them without --delete, set STORAGE_URL to "
            "the new storage, restart the server, then run this command with --delete."
        )


def _told(moved: "MoveResult") -> str:
    return (
        f"Files copied and verified: {moved.copied} ({moved.bytes} bytes), "
        f"already there: {moved.there}, skipped (erased interviews): {moved.ownerless}, "
        f"deleted at the source: {moved.deleted}."
    )
