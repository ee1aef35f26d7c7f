"""Tests of the audio codec with PyAV; they need the extra `voice`."""
