"""Web: requests and responses, one folder a context, with JSON routes beside the pages."""
