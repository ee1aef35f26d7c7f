"""Interviewer: pure functions from a script, the turns so far and the clock to the next move. Storing
answers and asking the next question is in `interviews`.
"""
