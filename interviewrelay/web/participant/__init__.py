"""The participant's pages and calls."""
