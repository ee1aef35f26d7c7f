"""Ledger of what left the server."""
