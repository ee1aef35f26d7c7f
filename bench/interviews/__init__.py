"""What an interviewer learns from simulated people, and how it treats them."""
