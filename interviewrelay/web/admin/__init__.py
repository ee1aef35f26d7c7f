"""Administration pages of the server."""
