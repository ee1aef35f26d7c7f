"""Pages of emails and suppressed addresses."""
