"""Notifications: composing emails, and delivering those in the outbox with retries. The outbox itself,
sending limits and suppressed addresses are in `mail`; SMTP is in `adapters.mail`.
"""
