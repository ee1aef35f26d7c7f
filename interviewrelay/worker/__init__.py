"""Worker: periodic tasks, jobs and webhook deliveries. The functions that it calls are in the packages
of their subjects.
"""
