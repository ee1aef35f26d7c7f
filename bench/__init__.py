"""Measurements: one command a question, beside the floor. `python -m bench` lists them."""
