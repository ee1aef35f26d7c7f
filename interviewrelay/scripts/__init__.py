"""Scripts: the documents that interviews are held by, their versions and files."""
