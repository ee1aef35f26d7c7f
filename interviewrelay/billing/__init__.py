"""Billing: the ledger of credits, top-ups, usage and alerts."""
