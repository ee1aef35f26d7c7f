"""HTTP basics of all views: blueprints, authentication, fields, cookies, locale, validation."""
