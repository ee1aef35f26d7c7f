"""Webhooks: endpoints, events, signatures, and deliveries with their retries. `worker.webhook_sender`
makes the calls.
"""
