"""Scripts: interview guides, their versions and files."""
