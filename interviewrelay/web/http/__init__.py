"""Requests and responses: fields, cookies, locale, validation."""
