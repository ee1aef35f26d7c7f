"""Dialogue: from the required response to the next turn."""
