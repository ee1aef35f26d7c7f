"""Adapters: implementations of the protocols in `core.ports`, and the rate limit counters."""
