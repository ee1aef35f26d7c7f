"""Notifications: composing and sending emails."""
