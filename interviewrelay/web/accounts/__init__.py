"""Pages and calls of logins, members, keys and passwords."""
