"""Pages and calls of campaigns, invites and projects."""
