"""Participation: what participants do beside answering: enter, resume, review, redact."""
