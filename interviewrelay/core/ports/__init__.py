"""Ports: protocols for the outside services that the product needs."""
