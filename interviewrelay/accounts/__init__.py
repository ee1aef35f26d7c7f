"""Accounts: people, API keys, logins, members and passwords."""
