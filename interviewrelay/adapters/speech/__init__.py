"""Speech engines: recognisers, voices, and the detector of pauses."""
