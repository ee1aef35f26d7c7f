"""Recordings: spoken answers, how they become turns, and the recording of a whole interview."""
