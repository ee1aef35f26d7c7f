"""Pages and calls of credits, and the payment webhook."""
