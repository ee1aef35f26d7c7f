"""Commands for organizations, people and API keys."""

import click

from interviewrelay.cli import context, secret_keys

TOLD_HOW = "If omitted, the command prompts for it or reads it from standard input."


@click.group()
def accounts() -> None:
    """Manage organizations and people."""


@accounts.command("list")
def list_accounts() -> None:
    """List everyone with an account."""
    from interviewrelay.accounts import accounts as account_service

    with context.open_application():
        for member in account_service.list_all_memberships():
            org = member.organization
            click.echo(f"{org.slug}\t{org.plan}\t{member.user.email}\t{member.role}")


@accounts.command("create")
@click.option(
    "--organization",
    required=True,
    help="Name of the new organization. With --role, the slug or ID of an existing organization.",
)
@click.option("--email", required=True)
@click.option("--name", default="")
@click.option("--plan", help="Plan of the new organization (default: free).")
@click.option(
    "--role", help="Role in an existing organization: owner, admin, researcher or viewer."
)
@click.option("--password", help=TOLD_HOW)
def create_account(
    organization: str,
    email: str,
    name: str,
    plan: str | None,
    role: str | None,
    password: str | None,
) -> None:
    """Create an organization and its owner. With --role, add a member to an existing one."""
    from interviewrelay.accounts import accounts as account_service, members

    if role and plan:
        raise click.UsageError(
            "--plan only applies to new organizations. Use 'credits plan' instead."
        )
    password = context.read_password(password)
    with context.open_application(new=True):
        if role:
            joined = context.find_organization(organization)
            member = members.create_member(joined, email, name, password, role)
            click.echo(f"{member.user.email} is now {role} of {joined.slug} and can sign in.")
            return
        owner = account_service.NewOwner(organization, name, email, password)
        member = account_service.create_organization(owner, plan=plan or "free")
        also = " and administers this server" if member.user.system_admin else ""
        click.echo(
            f"Created {member.organization.slug}. {member.user.email} can sign in{also}."
        )


@accounts.command("role")
@click.argument("email")
@click.argument("role")
def change_role(email: str, role: str) -> None:
    """Change a member's role to owner, admin, researcher or viewer."""
    from interviewrelay.accounts import members

    with context.open_application():
        member = members.change_role(context.find_member(email), role)
        click.echo(f"{email} is now {member.role} of {member.organization.slug}.")


@accounts.command("remove")
@click.argument("email")
def remove_account(email: str) -> None:
    """Remove a member, sign them out and revoke their API keys. What they created stays."""
    from interviewrelay.accounts import members

    with context.open_application():
        members.remove_member(context.find_member(email))
        click.echo(f"Removed {email}.")


@accounts.command("administrator")
@click.argument("email")
@click.option("--remove", is_flag=True, help="End it. The last administrator stays.")
def set_administrator(email: str, *, remove: bool) -> None:
    """Let a person administer this server."""
    from interviewrelay.accounts import accounts as account_service

    with context.open_application():
        account_service.set_administrator(email, administers=not remove)
        click.echo(
            f"{email} {'no longer administers' if remove else 'administers'} this server."
        )


@accounts.command("password")
@click.argument("email")
@click.option("--password", help=TOLD_HOW)
def set_password(email: str, password: str | None) -> None:
    """Set a member's password and sign them out everywhere."""
    from interviewrelay.accounts import accounts as account_service

    with context.open_application():
        context.find_member(email)
        account_service.set_password(email, context.read_password(password))
        click.echo("Password changed.")


@click.command("password-link")
@click.argument("email")
def password_link(email: str) -> None:
    """Print a password reset link. It works once and expires after 30 minutes."""
    from interviewrelay.accounts import password_resets

    with context.open_application() as app:
        member = context.find_member(email)
        click.echo(password_resets.issue_reset_link(app.extensions["services"], member.user_id))


@click.group()
def keys() -> None:
    """Manage API keys and the server's secret keys (rotate, drop)."""


@keys.command("list")
@click.argument("email")
def list_keys(email: str) -> None:
    """List the API keys of a member's organization."""
    from interviewrelay.accounts import accounts as account_service, api_keys
    from interviewrelay.dashboard import view_models

    with context.open_application():
        for row in api_keys.list_api_keys(
            account_service.build_actor(context.find_member(email))
        ).items:
            shape = view_models.build_key(row)
            click.echo(
                f"{shape['shown']}\t{shape['state']}\t{shape['name']}\t{shape['last_used_at'] or '-'}"
            )


@keys.command("create")
@click.argument("email")
@click.option("--name", default="Created on the command line", show_default=True)
@click.option(
    "--permission",
    "permissions",
    multiple=True,
    help="Permission of the key, for example campaigns:read. Can be repeated (default: all).",
)
@click.option(
    "--test",
    is_flag=True,
    help="Create a test key, which can only change test invites and interviews.",
)
@click.option("--days", type=int, help="Days until the key expires (default: never).")
def create_key(
    email: str, name: str, permissions: tuple[str, ...], test: bool, days: int | None
) -> None:
    """Create an API key that acts for a member. It is shown once."""
    from interviewrelay.accounts import api_keys

    with context.open_application() as app:
        wanted = list(permissions) or None
        ring = app.extensions["services"].ring
        _, text = api_keys.create_api_key(
            ring, context.find_member(email), name, permissions=wanted, test=test, days=days
        )
        click.echo(text)


@keys.command("revoke")
@click.argument("email")
@click.argument("public_id")
def revoke_key(email: str, public_id: str) -> None:
    """Revoke an API key. PUBLIC_ID is the eight characters after `ir_live_` or `ir_test_`."""
    from interviewrelay.accounts import accounts as account_service, api_keys

    with context.open_application():
        row = api_keys.get_api_key(
            account_service.build_actor(context.find_member(email)), public_id
        )
        api_keys.revoke_api_key(row)
        click.echo("API key revoked.")


keys.add_command(secret_keys.rotate)
keys.add_command(secret_keys.drop)
