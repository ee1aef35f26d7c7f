"""Runtime: what the verbs of every part use: services, the job queue, idempotency, form ids, stored
files and the choice of a language model. Work on the whole server is in `operations`.
"""
