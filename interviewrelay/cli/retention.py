"""Commands for the retention of transcripts."""

import click

from interviewrelay.cli import context


@click.group()
def retention() -> None:
    """Manage how long organizations keep transcripts."""


@retention.command("show")
@click.argument("organization")
def show(organization: str) -> None:
    """Show the retention period and how many interviews are past it."""
    from interviewrelay.privacy import retention as privacy_retention

    with context.open_application():
        found = context.find_organization(organization)
        days = found.transcript_days
        told = "indefinitely" if days is None else f"for {days} days after the interview"
        click.echo(
            f"{found.slug} keeps transcripts {told}. "
            f"Interviews past this period: {privacy_retention.count_due_interviews(found, days)}."
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

    if days != "keep" and not (days.isascii() and days.isdigit() and len(days) < 9):
        raise click.UsageError("DAYS must be a whole number or 'keep'.")
    wanted = None if days == "keep" else int(days)
    with context.open_application():
        found = context.find_organization(organization)
        gone = privacy_retention.count_due_interviews(found, wanted)
        if dry_run:
            click.echo(f"{gone} interviews would be erased. Nothing was changed.")
            return
        privacy_retention.set_transcript_days(found, wanted)
        click.echo(f"Saved. {gone} interviews will be erased within an hour.")
