"""Documentation: the Markdown files of `docs/` as pages, and the search over them."""
