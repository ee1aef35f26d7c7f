"""`python -m interviewrelay` is the command `interviewrelay`."""

from interviewrelay.cli import main

main(prog_name="interviewrelay")
