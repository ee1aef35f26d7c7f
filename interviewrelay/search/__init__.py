"""Search over what was said."""
