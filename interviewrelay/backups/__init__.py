"""A copy of everything that is kept, taken while the server runs, and the way back from it."""
