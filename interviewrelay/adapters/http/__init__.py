"""Outgoing HTTP: the client, the address guard, the circuit breaker, webhooks."""
