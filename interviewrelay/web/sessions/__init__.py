"""Pages and API of sessions."""
