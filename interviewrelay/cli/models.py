"""Commands for language models of the server and of organizations."""

from dataclasses import replace
from typing import Any, TextIO

import click

from interviewrelay.cli import context


@click.group()
def models() -> None:
    """Manage language models."""


@models.command("find")
def find_local_models() -> None:
    """Find models on this machine, as on the page Administration > Language model."""
    from interviewrelay.operations import server_models

    with context.open_application() as app:
        search = server_models.find_models(app.extensions["services"], None)
    for one in search.found:
        for name in one.models:
            click.echo(f"{one.port} {name}")
        if one.problem:
            click.echo(f"{one.port} can't be used: {one.problem}", err=True)
    if not any(one.models for one in search.found):
        ports = ", ".join(map(str, search.ports)) or "none"
        raise click.ClickException(
            f"No models found at 127.0.0.1, ports {ports}. Start a model server, or add its port to "
            "LLM_LOCAL_PORTS."
        )


@models.command("use")
@click.argument("port", type=click.IntRange(1, 65535))
@click.argument("name")
def use_local_model(port: int, name: str) -> None:
    """Use a model listed by `find` as the server's model. Applies from the next answer."""
    from interviewrelay.operations import server_models

    with context.open_application() as app:
        row = server_models.use_model(app.extensions["services"], None, port, name)
        click.echo(f"The server's model is now {row.name} on port {row.port}.")


@models.command("stop")
def stop_local_model() -> None:
    """Stop using a model on this machine."""
    from interviewrelay.operations import server_models

    with context.open_application():
        server_models.stop_using_model(None)
        click.echo("The server no longer uses a model on this machine.")


@models.command("show")
@click.argument("slug")
def show_model(slug: str) -> None:
    """Show which model an organization uses, and its own model if it has one. Keys stay hidden."""
    from interviewrelay.dashboard import view_models
    from interviewrelay.runtime import model_selection

    with context.open_application() as app:
        row = model_selection.find_model_choice(context.find_organization(slug).id)
        click.echo(_told(view_models.build_model(app.extensions["services"], row)))


@models.command("choose")
@click.argument("slug")
@click.argument("whose", type=click.Choice(["server", "own", "none"]))
@click.option(
    "--base-url",
    help="Base URL of the organization's model, such as https://api.openai.com/v1.",
)
@click.option("--model", "name", help="Name of the model at the endpoint.")
@click.option(
    "--key-file",
    type=click.File(encoding="utf-8"),
    help="File with the endpoint's API key. Use - to read from standard input.",
)
@click.option("--forget-key", "forgets_key", is_flag=True, help="Delete the saved key.")
@click.option("--daily-tokens", type=int, help="Daily token limit (UTC). Use 0 for no limit.")
@click.option(
    "--replace-personal-data/--send-personal-data",
    "hides_personal_data",
    default=None,
    help="Whether to mask names, addresses and numbers before the model reads them.",
)
def choose_model(
    slug: str, whose: str, key_file: TextIO | None, forgets_key: bool, **given: Any
) -> None:
    """Choose which model an organization uses: the server's, its own, or none.

    Options you leave out don't change. The choice applies from the next answer.
    """
    from interviewrelay.dashboard import view_models
    from interviewrelay.interviews import model_settings
    from interviewrelay.runtime import model_selection

    with context.open_application() as app:
        services, org_id = app.extensions["services"], context.find_organization(slug).id
        changes = {name: value for name, value in given.items() if value is not None}
        wanted = replace(
            model_settings.get_model_settings(model_selection.find_model_choice(org_id)),
            whose=whose,
            key=key_file.read() if key_file else "",
            forgets_key=forgets_key,
            **changes,
        )
        click.echo(
            _told(
                view_models.build_model(
                    services, model_settings.save_model_settings(services, org_id, wanted)
                )
            )
        )


@models.command("try")
@click.argument("slug")
def try_model(slug: str) -> None:
    """Test an organization's own model with one question of a made-up interview."""
    from interviewrelay.simulations import model_trial

    with context.open_application() as app:
        org_id = context.find_organization(slug).id
        trial = model_trial.try_chosen_model(app.extensions["services"], org_id)
    if trial.form:
        click.echo(
            f"{trial.name} replied in {trial.ms} ms ({trial.form}, {trial.tokens} tokens)."
        )
    if trial.problem:
        raise click.ClickException(trial.problem)
    click.echo(f"In reply to “{model_trial.SAID}”, the model would ask: {trial.question}")


def _told(shape: dict[str, Any]) -> str:
    servers = shape["servers"] or "none set up"
    used = {"server": f"the server's model ({servers})", "own": "its own", "none": "none"}
    lines = [f"used: {used[shape['whose']]}"]
    if shape["base_url"]:
        ends = f" ending in {shape['last_four']}" if shape["last_four"] else ""
        keys = {"kept": f"a key{ends}", "unreadable": "a key that can't be read"}
        most = (
            f"{shape['daily_tokens']} tokens per day" if shape["daily_tokens"] else "no limit"
        )
        data = "masked" if shape["hides_personal_data"] else "sent unchanged"
        lines += [
            f"own: {shape['name']} at {shape['base_url']}",
            f"key: {keys.get(shape['key'], 'none')}",
            f"limit: {most}",
            f"personal data: {data}",
        ]
    return "\n".join(lines)
