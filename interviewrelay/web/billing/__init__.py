"""Pages and API of credits, and the payment webhook."""
