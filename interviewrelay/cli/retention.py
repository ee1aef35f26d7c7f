"""Commands on how long transcripts are kept."""

import click

from interviewrelay.cli import context


@click.group()
def retention() -> None:
    """How long organizations keep what was said."""


@retention.command("show")
@click.argument("organization")
def show(organization: str) -> None:
    """For how long, and how many interviews the server erases within the hour."""
    from interviewrelay.privacy import retention as kept

    with context.application():
        found = context.organization_named(organization)
        days = found.transcript_days
        told = "for ever" if days is None else f"for {days} days after the interview"
        click.echo(
            f"{found.slug} keeps transcripts {told}; {kept.over(found, days)} are over it."
        )


@retention.command("set")
@click.argument("organization")
@click.argument("days")
@click.option("--dry-run", is_flag=True, help="Only tell how many interviews would go.")
def set_days(organization: str, days: str, dry_run: bool) -> None:
    """Keep transcripts for so many DAYS after the interview, or `keep` them.

    The server then erases older ones every hour, with the people who spoke.
    """
    from interviewrelay.privacy import retention as kept

    if days != "keep" and not (days.isascii() and days.isdigit() and len(days) < 9):
        raise click.UsageError("DAYS is a whole number, or the word keep.")
    wanted = None if days == "keep" else int(days)
    with context.application():
        found = context.organization_named(organization)
        gone = kept.over(found, wanted)
        if dry_run:
            click.echo(f"{gone} interviews would be erased; nothing was changed.")
            return
        kept.keep(found, wanted)
        click.echo(f"From now on. Within the hour {gone} interviews are erased.")
