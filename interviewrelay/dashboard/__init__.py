"""The dashboard: what its pages show."""
