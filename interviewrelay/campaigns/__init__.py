"""Campaigns, their invites, and projects."""
