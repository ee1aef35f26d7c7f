"""Benchmarks of InterviewRelay. `python -m bench` lists them."""
