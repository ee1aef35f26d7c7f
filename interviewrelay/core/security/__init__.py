"""Security: tokens and the key file."""
