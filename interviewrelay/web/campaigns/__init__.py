"""Pages and API of campaigns, invites and projects."""
