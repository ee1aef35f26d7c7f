"""Commands for the retention of transcripts and recordings."""

import click

from interviewrelay.cli import context


@click.group()
def retention() -> None:
    """Manage how long organizations keep transcripts and recordings."""


@retention.command("show")
@click.argument("organization")
def show(organization: str) -> None:
    """Show the retention periods and how many interviews are past them."""
    from interviewrelay.privacy import retention as privacy_retention

    with context.open_application():
        found = context.find_organization(organization)
        days = found.transcript_days
        told = "indefinitely" if days is None else f"for {days} days after the interview"
        click.echo(
            f"{found.slug} keeps transcripts {told}. "
            f"Interviews past this period: {privacy_retention.count_due_interviews(found, days)}."
        )
        days = found.audio_days
        told = (
            "as long as transcripts" if days is None else f"for {days} days after the interview"
        )
        click.echo(
            f"It keeps recordings {told}. "
            f"Interviews past this period: {privacy_retention.count_due_recordings(found, days)}."
        )


@retention.command("set")
@click.argument("organization")
@click.argument("days")
@click.option("--dry-run", is_flag=True, help="Only show how many interviews would be erased.")
def set_days(organization: str, days: str, dry_run: bool) -> None:
    """Keep transcripts for DAYS after the interview, or indefinitely (`keep`).

    Every hour, the server erases older transcripts and their participants' data.
    """
    from interviewrelay.privacy import retention as privacy_retention

    wanted = _read_days(days)
    with context.open_application():
        found = context.find_organization(organization)
        gone = privacy_retention.count_due_interviews(found, wanted)
        if dry_run:
            click.echo(f"{gone} interviews would be erased. Nothing was changed.")
            return
        privacy_retention.set_transcript_days(found, wanted)
        click.echo(f"Saved. {gone} interviews will be erased within an hour.")


@retention.command("audio")
@click.argument("organization")
@click.argument("days")
@click.option(
    "--dry-run", is_flag=True, help="Only show how many interviews would lose their recordings."
)
def set_audio_days(organization: str, days: str, dry_run: bool) -> None:
    """Keep recordings for DAYS after the interview, or as long as transcripts (`keep`).

    Every hour, the server deletes older recordings. Transcripts stay.
    """
    from interviewrelay.privacy import retention as privacy_retention

    wanted = _read_days(days)
    with context.open_application():
        found = context.find_organization(organization)
        gone = privacy_retention.count_due_recordings(found, wanted)
        if dry_run:
            click.echo(
                f"Recordings of {gone} interviews would be deleted. Nothing was changed."
            )
            return
        privacy_retention.set_audio_days(found, wanted)
        click.echo(f"Saved. Recordings of {gone} interviews will be deleted within an hour.")


def _read_days(days: str) -> int | None:
    """Days of the command line; None for `keep`. Raises UsageError."""
    if days == "keep":
        return None
    if not (days.isascii() and days.isdigit() and len(days) < 9):
        raise click.UsageError("DAYS must be a whole number or 'keep'.")
    return int(days)
