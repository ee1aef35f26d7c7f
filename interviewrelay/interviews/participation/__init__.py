"""Participation: what participants do besides answering: open the link, resume, review, redact."""
