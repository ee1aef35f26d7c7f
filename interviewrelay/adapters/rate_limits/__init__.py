"""Rate limit counters: embedded (a file that the processes of one machine share) or in Redis. The
limits are in `web.middleware.rate_limits`.
"""
