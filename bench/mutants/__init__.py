"""Small faults put into the engine one by one: a test must fail on each (scripts/mutate)."""
