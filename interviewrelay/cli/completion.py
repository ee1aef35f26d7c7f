"""The command `interviewrelay completion`."""

import click
from click.shell_completion import get_completion_class

SHELLS = ("bash", "fish", "zsh")


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script that completes commands in a shell.

    For bash, add to ~/.bashrc: eval "$(interviewrelay completion bash)"
    """
    made = get_completion_class(shell)
    if made is None:
        raise click.UsageError(f"There is no completion for {shell}.")
    root = ctx.find_root().command
    click.echo(made(root, {}, "interviewrelay", "_INTERVIEWRELAY_COMPLETE").source())
