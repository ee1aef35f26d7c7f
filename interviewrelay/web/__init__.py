"""Requests and responses: a noun a file, its JSON routes and its pages side by side."""
