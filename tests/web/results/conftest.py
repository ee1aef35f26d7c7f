"""The study of the tests of results."""

from tests.results.conftest import campaign, run, three

__all__ = ["campaign", "run", "three"]
