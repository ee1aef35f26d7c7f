"""The models of speech that run in this process. Only the gate runs these tests, with the extra `voice`."""
