"""Middleware around each request: limits, headers, errors, health."""
