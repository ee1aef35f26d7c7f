"""Pages of the outbox and of suppressed addresses."""
