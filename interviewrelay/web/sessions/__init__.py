"""Pages and calls of sessions."""
