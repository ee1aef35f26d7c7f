"""State of an interview, folded from its turns."""
