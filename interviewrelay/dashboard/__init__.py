"""Dashboard: data for its pages."""
