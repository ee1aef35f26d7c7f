"""Analysis: pure functions on texts and scripts: sentiment, themes, quotes, search terms, the linter.

`insights` reads a campaign from the database and passes its answers to these.
"""
