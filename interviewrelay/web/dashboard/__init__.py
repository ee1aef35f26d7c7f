"""The overview and quick search."""
