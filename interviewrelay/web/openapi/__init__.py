"""OpenAPI: how a view declares its operation, and the document and pages generated from all of them."""
