"""Where rate limits are counted: embedded, PostgreSQL, Redis."""
