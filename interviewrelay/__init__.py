"""InterviewRelay: AI-led interviews that one can host oneself."""

__version__ = "0.1.0"
