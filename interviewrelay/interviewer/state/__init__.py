"""State: where an interview stands, folded from its turns."""
