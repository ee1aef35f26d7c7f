"""Privacy: erasure, retention and the data export for participants."""
