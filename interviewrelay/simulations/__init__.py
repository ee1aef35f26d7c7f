"""Simulations: trying out a script before anybody is invited."""
