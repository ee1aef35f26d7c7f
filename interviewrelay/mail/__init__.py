"""Mail: the outbox, limits on sending and addresses that take none."""
