"""Commands that print files for the system: the manual page and the systemd units."""

from collections.abc import Iterator

import click

from interviewrelay import __version__
from interviewrelay.core.config import program

UNITS = {False: "interviewrelay.service", True: "interviewrelay-worker@.service"}
"""Unit of a server and of a worker."""
CHECKOUT = "/opt/interviewrelay"
"""Folder that the units in docs/deploy name."""


@click.command()
@click.pass_context
def man(ctx: click.Context) -> None:
    """Print the manual page, for example for /usr/local/share/man/man1/interviewrelay.1."""
    root = ctx.find_root()
    lines = [
        f'.TH INTERVIEWRELAY 1 "" "InterviewRelay {__version__}" "User commands"',
        ".SH NAME",
        "interviewrelay \\- self\\-hosted, AI\\-led interviews",
        ".SH SYNOPSIS",
        ".B interviewrelay",
        "COMMAND [OPTIONS]",
        ".SH COMMANDS",
        *_describe_commands(root.command, "interviewrelay"),
        ".SH ENVIRONMENT",
        "Settings are environment variables. docs/settings.md describes them all.",
        ".SH EXIT STATUS",
        "0 if the command succeeded, 1 if it failed or found a problem, 2 if it was called wrongly.",
    ]
    click.echo("\n".join(lines))


def _describe_commands(command: click.Command, name: str) -> Iterator[str]:
    """Lines of the page for a command and those below it."""
    context = click.Context(command, info_name=name)
    if isinstance(command, click.Group):
        for word in command.list_commands(context):
            below = command.get_command(context, word)
            if below is not None and not below.hidden:
                yield from _describe_commands(below, f"{name} {word}")
        return
    usage = " ".join([name, *command.collect_usage_pieces(context)])
    yield f".SS {_escape(usage)}"
    paragraphs = (command.help or "").strip().split("\n\n")
    yield "\n.PP\n".join(_escape(" ".join(words.split())) for words in paragraphs)
    for option in command.params:
        record = option.get_help_record(context) if isinstance(option, click.Option) else None
        if record is not None:
            yield f".TP\n.B {_escape(record[0])}\n{_escape(record[1])}"


def _escape(text: str) -> str:
    """Text for roff, where a backslash, a minus and a dot at the beginning mean something."""
    plain = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{plain}" if plain.startswith((".", "'")) else plain


@click.command()
@click.option("--worker", is_flag=True, help="Print the unit of workers instead.")
def systemd(worker: bool) -> None:
    """Print the systemd unit of a server, for /etc/systemd/system/interviewrelay.service.

    It starts this program. The unit of workers is for interviewrelay-worker@.service.
    """
    path = program.find_asset_root() / "docs" / "deploy" / UNITS[worker]
    unit = path.read_text(encoding="utf-8")
    own = str(program.FILE) if program.FROZEN else f"{program.FILE} -P -m interviewrelay"
    unit = unit.replace(f"{CHECKOUT}/.venv/bin/python -P -m interviewrelay", own)
    if program.FILE.is_relative_to("/home") or program.FILE.is_relative_to("/root"):
        words = (
            f"The service can’t see {program.FILE}: its unit has ProtectHome=yes. Move it, such"
        )
        click.echo(f"{words} as to /opt/interviewrelay.", err=True)
    click.echo(unit.replace(f"WorkingDirectory={CHECKOUT}", "WorkingDirectory=/"), nl=False)
