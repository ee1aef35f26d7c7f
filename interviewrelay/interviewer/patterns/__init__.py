"""Patterns: regular expressions, compiled on first use, prefiltered, matched in bounded time. The words
in them are in `languages`.
"""
