"""Patterns: compiled on first use, ruled out at a glance, matched in bounded time."""
