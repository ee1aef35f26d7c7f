"""What participants do beside answering: entering, resuming, reviewing, leaving out."""
