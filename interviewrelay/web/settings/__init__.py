"""Pages of the organization and its settings."""
