"""Commands that run an interview at the terminal."""

from typing import Any, BinaryIO

import click

from interviewrelay.core.conversation import Decision

MOST_TURNS = 300
INTERRUPTED = 130
"""Exit status after Ctrl-C, by shell convention."""


def _talk(file: BinaryIO, seed: str) -> Any:
    from interviewrelay.cli.scripts import load_script
    from interviewrelay.simulations import preview

    return preview.start_interview(load_script(file).document(), seed)


def _told(text: str, decision: Decision | None, why: bool) -> None:
    click.secho(f"Interviewer: {text}", bold=True)
    if why and decision is not None:
        about = " ".join(filter(None, (decision.question_id, decision.target)))
        click.secho(f"  [{decision.act} {about}] {decision.reason}", dim=True)


@click.command()
@click.argument("script", type=click.File("rb"))
@click.option("--why", is_flag=True, help="Show why each question is asked.")
@click.option("--seed", default="terminal", help="Seed that varies the wording.")
def interview(script: BinaryIO, why: bool, seed: str) -> None:
    """Take the interview in SCRIPT, a YAML or JSON file, in this terminal. Nothing is stored.

    An empty line skips a question. Ctrl-D ends the interview.
    """
    talk = _talk(script, seed)
    while (turn := talk.open_question) is not None:
        _told(turn.text, turn.decision, why)
        try:
            said = click.prompt("You", default="", show_default=False, prompt_suffix=": ")
        except click.Abort as fault:
            click.echo()
            if isinstance(fault.__context__, KeyboardInterrupt):
                raise SystemExit(INTERRUPTED) from None
            return
        talk.answer(said.strip())
    click.secho(f"Interviewer: {talk.closing}", bold=True)


@click.command()
@click.argument("script", type=click.File("rb"))
@click.option(
    "--persona", default="cooperative", show_default=True, help="Persona to simulate."
)
@click.option("--why", is_flag=True, help="Show why each question is asked.")
@click.option("--seed", default="terminal", help="Seed that varies the participant.")
def simulate(script: BinaryIO, persona: str, why: bool, seed: str) -> None:
    """Run the interview in SCRIPT, a YAML or JSON file, with a simulated participant."""
    from interviewrelay.interviewer.text.tokenization import get_base_language
    from interviewrelay.simulations import simulated_participant

    if persona not in simulated_participant.PERSONAS:
        known = ", ".join(simulated_participant.PERSONAS)
        raise click.UsageError(f"There is no persona '{persona}'. Choose one of {known}.")
    talk = _talk(script, seed)
    if get_base_language(talk.guide.language) != "en":
        told = (
            "The simulated participant answers in English, so the interviewer may not understand the "
            "answers."
        )
        click.secho(told, err=True)
    person = simulated_participant.Participant(talk.guide, persona, seed)
    for _ in range(MOST_TURNS):
        turn = talk.open_question
        if turn is None:
            break
        _told(turn.text, turn.decision, why)
        said = person.answer(turn.decision)
        click.echo(f"{persona}: {said}")
        talk.answer(said)
    click.secho(f"Interviewer: {talk.closing}", bold=True)
