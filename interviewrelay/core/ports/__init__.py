"""Ports: what the product needs from outside, as protocols."""
