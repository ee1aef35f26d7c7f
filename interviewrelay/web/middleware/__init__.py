"""Middleware around each request: limits, headers, errors, health. Authentication is in `web.http`."""
