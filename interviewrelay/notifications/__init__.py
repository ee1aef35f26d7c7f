"""Notifications: what mails say, and sending them."""
