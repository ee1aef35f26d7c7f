"""Commands for the server's own secret keys."""

import time

import click

from interviewrelay.cli import context
from interviewrelay.cli.backups import ProgressLine
from interviewrelay.core.config.settings import Settings
from interviewrelay.core.security import key_file, tokens

PATIENCE = 3 * key_file.LOOK_EVERY
"""Seconds until every server of this folder has read the new key."""
SET = (
    "SECRET_KEYS is not stored in a file that this command can change. To continue:\n\n"
    "1. On every server, set\n\n{}\n\n2. Restart all servers.\n{}"
)
TWICE = (
    "3. On every server, set\n\n{}\n\n"
    "4. Restart all servers again. (They must all know the new key before any of them uses it.)\n"
    "5. Run this command again."
)


@click.command()
def rotate() -> None:
    """Add a new secret key and re-encrypt all data with it while the server is running.

    If interrupted, run it again to continue.
    """
    from interviewrelay.operations import key_rotation

    with context.open_application() as app:
        settings, ring = app.extensions["settings"], app.extensions["services"].ring
        if len(settings.secret_keys) == 1 and not _added(settings):
            return
        time.sleep(PATIENCE)
        if isinstance(ring, key_file.FileKeyRing):
            ring.reload()
        count = key_rotation.reencrypt(ring, ProgressLine())
        click.echo(f"{count} rows re-encrypted. The newest key is {ring.key_names()[0]}.")
        _tell(list(key_rotation.list_needed_keys(ring)))


@click.command()
@click.option("--anyway", is_flag=True, help="Remove older keys even if they are still needed.")
def drop(anyway: bool) -> None:
    """Remove all secret keys except the newest if nothing needs them any more."""
    from interviewrelay.operations import key_rotation

    with context.open_application() as app:
        settings, ring = app.extensions["settings"], app.extensions["services"].ring
        if len(settings.secret_keys) == 1:
            raise click.ClickException("There is only one secret key. Run `keys rotate` first.")
        needs = list(key_rotation.list_needed_keys(ring))
        if needs and not anyway:
            words = "Nothing was removed, because the older keys are still needed:"
            raise click.ClickException("\n".join([words, *needs]))
        if _put(settings, settings.secret_keys[:1], "The older keys are then removed."):
            for sentence in needs:
                click.echo(f"This still needed the older keys and no longer works: {sentence}")
            click.echo(
                "Older keys removed. People who signed in before the rotation must sign in again. "
                "Backups from before the rotation still need the older keys. Keep the keys with them."
            )


def _tell(needs: list[str]) -> None:
    if not needs:
        click.echo(
            "Nothing needs the older keys any more. Run `interviewrelay keys drop` to remove them."
        )
    for sentence in needs:
        click.echo(f"Still needed: {sentence}")


def _added(settings: Settings) -> bool:
    """True if a new key is in front and every server of this folder knew it before: digests that
    one server makes with it, the others must find.
    """
    new, (old,) = tokens.new_secret_key(), settings.secret_keys
    then = TWICE.format(f"SECRET_KEYS={new},{old}")
    if not _put(settings, [old, new], then):
        return False
    try:
        time.sleep(PATIENCE)
    finally:  # a key that waits behind would pass for an older one
        known = _put(settings, [new, old], "3. Run this command again.")
    return known


def _put(settings: Settings, ring: "list[str] | tuple[str, ...]", then: str) -> bool:
    """True if the file now holds this ring; otherwise print what to set, and the next step."""
    if settings.secret_keys_at is not None:
        try:
            key_file.write_keys(settings.secret_keys_at, ring)
        except OSError:
            click.echo(f"{settings.secret_keys_at} is not writable.", err=True)
        else:
            return True
    click.echo(SET.format(f"SECRET_KEYS={','.join(ring)}", then))
    return False
