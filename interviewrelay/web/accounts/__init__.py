"""Pages and API of logins, members, API keys and passwords."""
