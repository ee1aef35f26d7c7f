"""Analysis: pure functions on texts and scripts: sentiment, statements, quotes, search, the linter.

`insights` reads a campaign from the database and passes its answers to these.
"""
