"""The database: sessions, queries, types, and both ways of reaching it."""
