"""Privacy: erasure, retention and what is told to a participant of their data."""
