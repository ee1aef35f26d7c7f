"""Insights: results over the interviews of a campaign, read from the database. The functions that they
call on texts (themes, quotes, sentiment) are in `analysis`.
"""
