"""Core: the foundation that every other package imports. It imports none of them."""
