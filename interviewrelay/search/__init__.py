"""Full-text search in answers."""
