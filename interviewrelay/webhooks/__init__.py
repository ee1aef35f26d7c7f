"""Webhooks: endpoints, events, signatures and deliveries."""
