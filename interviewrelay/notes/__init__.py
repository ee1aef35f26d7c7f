"""Notes, highlights and saved filters of the researchers."""
