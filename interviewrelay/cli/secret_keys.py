"""Commands on the server's own secret keys."""

import time
from typing import Any

import click

from interviewrelay.cli import context
from interviewrelay.cli.backups import Progress
from interviewrelay.core.config.settings import Settings
from interviewrelay.core.security import key_file, tokens

PATIENCE = 3 * key_file.LOOK_EVERY
"""Seconds until every server of this folder has seen the new key."""
SET = (
    "SECRET_KEYS is not in a file that can be written to. Set it, for every server, to\n\n{}\n\n"
    "restart them, and then {}."
)
TWICE = (
    "set it, for every server, to\n\n{}\n\n(each of them has to know the new key before any of them "
    "uses it), restart them once more, and run this again"
)


@click.command()
def rotate() -> None:
    """Put a new secret key in front, and seal everything with it, while the server runs.

    Broken off, it goes on where it was when it is called again.
    """
    from interviewrelay.operations import key_rotation

    with context.application() as app:
        settings, ring = app.extensions["settings"], app.extensions["office"].ring
        if len(settings.secret_keys) == 1 and not _added(settings):
            return
        time.sleep(PATIENCE)
        _look(ring)
        count = key_rotation.reseal(ring, Progress())
        click.echo(f"{count} rows are sealed anew; the newest key is {ring.names()[0]}.")
        _tell(list(key_rotation.needed(ring)))


@click.command()
@click.option("--anyway", is_flag=True, help="Let go of what still needs the older keys.")
def drop(anyway: bool) -> None:
    """Forget all secret keys but the newest, as soon as nothing needs them."""
    from interviewrelay.operations import key_rotation

    with context.application() as app:
        settings, ring = app.extensions["settings"], app.extensions["office"].ring
        if len(settings.secret_keys) == 1:
            raise click.ClickException("There is one secret key only: see `keys rotate`.")
        needs = list(key_rotation.needed(ring))
        if needs and not anyway:
            raise click.ClickException("\n".join(["The older keys are needed still.", *needs]))
        if _put(settings, settings.secret_keys[:1], "it is done"):
            for sentence in needs:
                click.echo(f"Lost without the older keys: {sentence}")
            click.echo(
                "The older keys are dropped. Who logged in before the rotation logs in again. "
                "Backups from before the rotation need the older keys: keep them with those."
            )


def _tell(needs: list[str]) -> None:
    if not needs:
        click.echo("Nothing needs the older keys: `interviewrelay keys drop` forgets them.")
    for sentence in needs:
        click.echo(f"Still needed: {sentence}")


def _added(settings: Settings) -> bool:
    """Whether there is a new key in front, which every server of this folder knew before that: what one
    of them marks with it, the others find.
    """
    new, (old,) = tokens.new_secret_key(), settings.secret_keys
    then = TWICE.format(f"SECRET_KEYS={new},{old}")
    if not _put(settings, [old, new], then):
        return False
    try:
        time.sleep(PATIENCE)
    finally:  # a key that waits behind would pass for an older one
        known = _put(settings, [new, old], "run this again")
    return known


def _put(settings: Settings, ring: "list[str] | tuple[str, ...]", then: str) -> bool:
    """Whether the file holds this ring now; else it is told what to set, and what follows."""
    if settings.secret_keys_at is not None:
        try:
            key_file.write(settings.secret_keys_at, ring)
        except OSError:
            click.echo(f"{settings.secret_keys_at} cannot be written to.", err=True)
        else:
            return True
    click.echo(SET.format(f"SECRET_KEYS={','.join(ring)}", then))
    return False


def _look(ring: Any) -> None:
    if isinstance(ring, key_file.FileRing):
        ring.look()
