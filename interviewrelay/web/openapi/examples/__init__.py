"""Examples of answers."""
