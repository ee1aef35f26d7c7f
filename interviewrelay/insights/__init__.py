"""Insights: what the interviews of a campaign come to."""
