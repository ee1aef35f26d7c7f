"""Commands on credits and plans."""

import click

from interviewrelay.cli import context


@click.group()
def credits() -> None:
    """Credits."""


@credits.command("show")
@click.argument("slug")
def show_credits(slug: str) -> None:
    """An organization's balance."""
    from interviewrelay.billing import ledger

    with context.application():
        row = ledger.account_of(context.organization_named(slug).id)
        click.echo(
            f"monthly {row.monthly}, starter {row.starter}, top-up {row.topup}, held {row.held}"
        )


@credits.command("grant")
@click.argument("slug")
@click.argument("amount", type=click.IntRange(1, 10_000_000))
@click.option(
    "--reference", required=True, help="Names this grant: the same one gives only once."
)
@click.option("--reason", help="What the ledger says; by default that it is a top-up.")
def grant_credits(slug: str, amount: int, reference: str, reason: str | None) -> None:
    """Give an organization top-up credits."""
    from interviewrelay.billing import ledger

    with context.application():
        org_id, mark = context.organization_named(slug).id, f"admin:{reference}"
        known = ledger.entered(org_id, mark)
        row = ledger.grant(org_id, amount, mark, reason)
        if known:
            click.echo(f"Nothing was given: '{reference}' has given {known} credits before.")
        click.echo(f"The balance is {ledger.balance(row)} credits.")


@credits.command("plan")
@click.argument("slug")
@click.argument("plan")
@click.option("--monthly-credits", type=click.IntRange(0, 100_000_000), help="Enterprise only.")
@click.option("--requests-per-hour", type=click.IntRange(1), help="Enterprise only.")
def change_plan(
    slug: str, plan: str, monthly_credits: int | None, requests_per_hour: int | None
) -> None:
    """Put an organization on another plan: more credits at once, fewer from the next month."""
    from interviewrelay.billing import subscriptions

    with context.application():
        row = subscriptions.change(
            context.organization_named(slug),
            plan,
            monthly_credits=monthly_credits,
            requests_per_hour=requests_per_hour,
        )
        click.echo(f"{slug} is on {plan}: {row.monthly_amount} credits a month.")
