"""OpenAPI: the table of operations, and the document and pages generated from it."""
