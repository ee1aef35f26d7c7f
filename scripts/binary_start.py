"""Start of the single binary (scripts/binary)."""

import interviewrelay.__main__  # noqa: F401
