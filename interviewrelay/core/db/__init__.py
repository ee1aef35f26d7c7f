"""Database: sessions, queries, column types, and both ways of reaching it."""
