"""Interviews: from the first question to the end, and what is stored of each turn."""
