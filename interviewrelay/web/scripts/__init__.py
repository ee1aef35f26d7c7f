"""Pages and API of scripts (interview guides): edit, compare, try out."""
