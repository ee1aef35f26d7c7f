"""The reference of the API: every operation in one table, and what is made of it (OpenAPI, a page)."""
