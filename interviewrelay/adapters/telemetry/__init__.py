"""Telemetry for an operator's own services: error reports, traces and metrics."""
