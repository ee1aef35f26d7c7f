"""Campaigns and projects."""
