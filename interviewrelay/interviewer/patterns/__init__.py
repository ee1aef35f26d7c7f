"""Patterns: compiled on first use, prefiltered, matched in bounded time."""
