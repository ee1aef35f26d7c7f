"""Listening with a language model: what it is asked, what it replies, and what of that may be said."""
