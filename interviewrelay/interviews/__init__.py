"""Interviews: from the first question to the end, and what is stored of each turn. (The API calls an
interview a session.) What the interviewer says is decided in `interviewer`.
"""
