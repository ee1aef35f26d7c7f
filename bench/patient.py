"""The product's server with more patience for its model, `PATIENCE` seconds."""

import os
from functools import partialmethod

from interviewrelay.adapters.language_model import OpenAiModel
from interviewrelay.cli import main

SECONDS = float(os.environ["PATIENCE"])

patient = partialmethod(OpenAiModel.__init__, soft=SECONDS, hard=SECONDS)
OpenAiModel.__init__ = patient  # type: ignore[assignment]  # nobody else needs a setting for it
main()
