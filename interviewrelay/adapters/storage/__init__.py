"""File storage: a folder or S3."""
