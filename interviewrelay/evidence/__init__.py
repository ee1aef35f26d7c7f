"""The passages of answers that prove what is claimed about a study."""
