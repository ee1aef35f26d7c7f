"""Observability: logs, metrics and correlation."""
