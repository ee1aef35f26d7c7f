"""Web: HTTP requests and responses, one folder for each domain, with API routes beside the pages."""
