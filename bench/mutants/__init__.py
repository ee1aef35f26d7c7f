"""Small faults injected into the interviewer, each of which a test must detect (scripts/mutate)."""
