"""Entry point: `python -m interviewrelay` runs the command `interviewrelay`.

The single binary starts here too; without a command, it serves.
"""

import sys

from interviewrelay.cli import main
from interviewrelay.core.config import program

if program.FROZEN:
    from interviewrelay.server import unpacked_files

    unpacked_files.take_over()
    if len(sys.argv) == 1:
        sys.argv.append("serve")
main(prog_name="interviewrelay")
