"""The pages on which a script is written, compared and tried."""
