"""Configuration: settings, their parsers and failpoints."""
