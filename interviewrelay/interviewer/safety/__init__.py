"""Safety: danger, what is told and not gone into, distress, personal data, orders to a machine."""
