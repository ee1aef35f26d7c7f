"""Dialogue: from what an answer calls for to the turn that follows."""
