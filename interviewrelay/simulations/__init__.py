"""Simulations: a script tried out before anybody is invited."""
