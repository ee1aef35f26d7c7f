"""Transcripts: what was said, its formats, exports and lists of sessions."""
