"""Policy: what to ask next when no model takes part: agenda, follow-ups, budgets. `dialogue` makes the
turn from it.
"""
