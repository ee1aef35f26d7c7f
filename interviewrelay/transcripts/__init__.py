"""Transcripts, their formats and exports, and lists of sessions."""
