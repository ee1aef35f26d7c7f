"""Transcripts of interviews, their formats and exports, and the lists of sessions."""
