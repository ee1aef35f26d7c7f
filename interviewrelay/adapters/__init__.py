"""Adapters: implementations of the protocols in `core.ports`."""
