"""Insights: results over the interviews of a campaign."""
