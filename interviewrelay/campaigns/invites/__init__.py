"""Invites: making, validity, reminders and counts."""
