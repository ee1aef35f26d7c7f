"""PDF: typesetting, fonts and the process that renders."""
