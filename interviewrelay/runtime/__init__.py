"""Runtime: services from outside, jobs, idempotency, form ids and stored files."""
