"""Pages and calls of webhooks."""
