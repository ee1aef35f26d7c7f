"""Safety: danger, disclosures, distress, personal data, and prompt injection."""
