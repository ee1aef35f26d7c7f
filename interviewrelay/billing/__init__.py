"""Billing: the credit ledger, top-ups, usage and alerts."""
