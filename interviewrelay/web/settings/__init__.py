"""Settings pages of the organization."""
