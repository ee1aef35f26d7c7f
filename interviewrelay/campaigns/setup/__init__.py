"""Setting up a campaign: drafts and lists of recipients."""
