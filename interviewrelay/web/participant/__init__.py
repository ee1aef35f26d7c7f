"""Pages and API of the participant."""
