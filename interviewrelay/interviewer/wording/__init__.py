"""Wording: the interviewer's phrases, and the style rules of every question."""
