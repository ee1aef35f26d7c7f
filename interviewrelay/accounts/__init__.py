"""Accounts: people, API keys, login sessions, members and passwords."""
