"""Commands for credits and plans."""

import click

from interviewrelay.cli import context


@click.group()
def credits() -> None:
    """Manage credits and plans."""


@credits.command("show")
@click.argument("slug")
def show_credits(slug: str) -> None:
    """Show an organization's balance."""
    from interviewrelay.billing import ledger

    with context.open_application():
        row = ledger.get_organization_account(context.find_organization(slug).id)
        click.echo(
            f"monthly {row.monthly}, starter {row.starter}, top-up {row.topup}, reserved {row.held}"
        )


@credits.command("grant")
@click.argument("slug")
@click.argument("amount", type=click.IntRange(1, 10_000_000))
@click.option(
    "--reference",
    required=True,
    help="Unique name for this grant. Each name adds credits once.",
)
@click.option("--reason", help="Description shown with the transaction (default: top-up).")
def grant_credits(slug: str, amount: int, reference: str, reason: str | None) -> None:
    """Add top-up credits to an organization."""
    from interviewrelay.billing import ledger

    with context.open_application():
        org_id, mark = context.find_organization(slug).id, f"admin:{reference}"
        known = ledger.get_moved_credits(org_id, mark)
        row = ledger.grant_credits(org_id, amount, mark, reason)
        if known:
            click.echo(
                f"No credits added: {known} credits were already added with reference '{reference}'."
            )
        click.echo(f"The balance is {ledger.balance(row)} credits.")


@credits.command("plan")
@click.argument("slug")
@click.argument("plan")
@click.option("--monthly-credits", type=click.IntRange(0, 100_000_000), help="Enterprise only.")
@click.option("--requests-per-hour", type=click.IntRange(1), help="Enterprise only.")
def change_plan(
    slug: str, plan: str, monthly_credits: int | None, requests_per_hour: int | None
) -> None:
    """Change an organization's plan. Increases apply now, reductions from next month."""
    from interviewrelay.billing import subscriptions

    with context.open_application():
        row = subscriptions.change_plan(
            context.find_organization(slug),
            plan,
            monthly_credits=monthly_credits,
            requests_per_hour=requests_per_hour,
        )
        click.echo(f"{slug} is now on {plan} with {row.monthly_amount} credits per month.")
