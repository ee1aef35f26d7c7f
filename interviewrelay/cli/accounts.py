"""Commands on organizations, people and their API keys."""

import click

from interviewrelay.cli import context, secret_keys

TOLD_HOW = "Asked for when it is not given, or read from what is piped in."


@click.group()
def accounts() -> None:
    """Organizations and people."""


@accounts.command("list")
def list_accounts() -> None:
    """Everybody with an account."""
    from interviewrelay.accounts import accounts as people

    with context.application():
        for member in people.everyone():
            org = member.organization
            click.echo(f"{org.slug}\t{org.plan}\t{member.user.email}\t{member.role}")


@accounts.command("create")
@click.option(
    "--organization",
    required=True,
    help="Name of the new organization; with --role, slug or id of one that is there.",
)
@click.option("--email", required=True)
@click.option("--name", default="")
@click.option("--plan", help="Of the new organization (default free).")
@click.option("--role", help="owner, admin, researcher or viewer of an organization.")
@click.option("--password", help=TOLD_HOW)
def create_account(
    organization: str,
    email: str,
    name: str,
    plan: str | None,
    role: str | None,
    password: str | None,
) -> None:
    """A further organization with its owner; with --role, somebody in one that is there."""
    from interviewrelay.accounts import accounts as people, members

    if role and plan:
        raise click.UsageError("--plan is for a new organization: see 'credits plan'.")
    password = context.password(password)
    with context.application(new=True):
        if role:
            joined = context.organization_named(organization)
            member = members.join(joined, email, name, password, role)
            click.echo(f"{member.user.email} is {role} of {joined.slug} and can log in now.")
            return
        owner = people.NewOwner(organization, name, email, password)
        member = people.create(owner, plan=plan or "free")
        click.echo(f"Made {member.organization.slug}; {member.user.email} can log in now.")


@accounts.command("role")
@click.argument("email")
@click.argument("role")
def change_role(email: str, role: str) -> None:
    """Make somebody owner, admin, researcher or viewer of their organization."""
    from interviewrelay.accounts import members

    with context.application():
        member = members.change_role(context.member_of(email), role)
        click.echo(f"{email} is {member.role} of {member.organization.slug}.")


@accounts.command("remove")
@click.argument("email")
def remove_account(email: str) -> None:
    """Take somebody out of their organization, with their log-ins and keys; what they made stays."""
    from interviewrelay.accounts import members

    with context.application():
        members.remove(context.member_of(email))
        click.echo(f"{email} is removed.")


@accounts.command("password")
@click.argument("email")
@click.option("--password", help=TOLD_HOW)
def set_password(email: str, password: str | None) -> None:
    """Give somebody a new password and end their log-ins."""
    from interviewrelay.accounts import accounts as people

    with context.application():
        context.member_of(email)
        people.set_password(email, context.password(password))
        click.echo("The new password holds from now on.")


@click.command("password-link")
@click.argument("email")
def password_link(email: str) -> None:
    """Print a link by which somebody sets a new password: once, within 30 minutes."""
    from interviewrelay.accounts import password_resets

    with context.application() as app:
        member = context.member_of(email)
        click.echo(password_resets.issue(app.extensions["office"], member.user_id))


@click.group()
def keys() -> None:
    """API keys; and the server's own secret keys (rotate, drop)."""


@keys.command("list")
@click.argument("email")
def list_keys(email: str) -> None:
    """The keys of somebody's organization."""
    from interviewrelay.accounts import accounts as people, api_keys
    from interviewrelay.dashboard import view_models

    with context.application():
        for row in api_keys.listing(people.actor(context.member_of(email))).items:
            shape = view_models.key(row)
            click.echo(
                f"{shape['shown']}\t{shape['state']}\t{shape['name']}\t{shape['last_used_at'] or '-'}"
            )


@keys.command("create")
@click.argument("email")
@click.option("--name", default="Made by command", show_default=True)
@click.option(
    "--permission", "permissions", multiple=True, help="Such as campaigns:read; default all."
)
@click.option(
    "--test", is_flag=True, help="A test key: it can change only test invites and sessions."
)
@click.option("--days", type=int, help="It works for so many days; default without an end.")
def create_key(
    email: str, name: str, permissions: tuple[str, ...], test: bool, days: int | None
) -> None:
    """A key that acts for somebody; it is shown once."""
    from interviewrelay.accounts import api_keys

    with context.application() as app:
        wanted = list(permissions) or None
        ring = app.extensions["office"].ring
        _, text = api_keys.create(
            ring, context.member_of(email), name, permissions=wanted, test=test, days=days
        )
        click.echo(text)


@keys.command("revoke")
@click.argument("email")
@click.argument("public_id")
def revoke_key(email: str, public_id: str) -> None:
    """End a key, named by the eight characters after `ir_live_`."""
    from interviewrelay.accounts import accounts as people, api_keys

    with context.application():
        row = api_keys.named(people.actor(context.member_of(email)), public_id)
        api_keys.revoke(row)
        click.echo("The key is revoked.")


keys.add_command(secret_keys.rotate)
keys.add_command(secret_keys.drop)
