"""Worker: periodic tasks, jobs and webhook deliveries."""
