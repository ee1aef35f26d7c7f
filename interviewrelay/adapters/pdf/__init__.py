"""PDF rendering: typesetting, fonts and the rendering process."""
