"""Entry point: `python -m interviewrelay` runs the command `interviewrelay`."""

from interviewrelay.cli import main

main(prog_name="interviewrelay")
