"""Invites: creation, validity, reminders and counters."""
