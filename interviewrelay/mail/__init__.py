"""Mail: the outbox, sending limits and suppressions."""
