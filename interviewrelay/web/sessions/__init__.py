"""Sessions: pages and API of interviews, which the API calls sessions. Login sessions and
their cookies are in `web.http`.
"""
