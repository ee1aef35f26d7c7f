"""Policy: what is asked next where no model listens."""
