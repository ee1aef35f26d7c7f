"""Policy: the next question when no model takes part."""
