"""State of an interview, folded from its turns: coverage, corrections, completeness. What to ask next
is in `policy`.
"""
