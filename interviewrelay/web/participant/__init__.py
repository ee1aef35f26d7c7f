"""Participant: pages and API of the person who is interviewed."""
