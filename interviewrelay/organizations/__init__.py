"""Organizations: access, plans, branding and the audit log."""
