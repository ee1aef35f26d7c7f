"""Results of a study: analyses, findings, and the answers to its learning goals."""
