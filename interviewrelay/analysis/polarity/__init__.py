"""Polarity: how an answer judges, from word lists and a few rules about clauses.

From bottom to top: `polarity_lexicon` loads the words, `clause_scopes` splits a text, `judgements`
weighs its words in their clauses. `analysis.sentiment` decides on a label, and only where they agree.
"""
