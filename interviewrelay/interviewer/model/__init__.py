"""Model listening: the request to a language model, its reply, and what of it may be said. The call
itself is in `interviews.model_calls`.
"""
