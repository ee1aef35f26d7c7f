"""Rate limit counters: embedded, PostgreSQL, Redis."""
