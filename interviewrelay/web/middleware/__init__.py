"""What happens before and after each request: limits, headers, errors, health."""
