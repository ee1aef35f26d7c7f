"""Where files are stored: a folder or S3."""
