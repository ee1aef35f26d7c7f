"""Runtime: services, the job queue, idempotency, form ids and stored files."""
