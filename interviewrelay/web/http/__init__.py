"""HTTP basics: fields, cookies, locale, validation."""
