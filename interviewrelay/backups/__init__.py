"""Backups of all data while the server runs, and their restore."""
