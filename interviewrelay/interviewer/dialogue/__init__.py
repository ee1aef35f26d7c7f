"""Dialogue: the next turn, from an answer to the words of the reply, question or ending. Which question
is due is decided in `policy`.
"""
