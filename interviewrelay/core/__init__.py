"""Core: what every part builds on and which knows none of them."""
