"""Integrity of what was said: the chain over turns, its verification, and signatures."""
