"""Mail: the queue of emails (the outbox), sending limits and suppressed addresses.

Delivery with its retries is in `notifications.mail_delivery`: it composes each email from accounts
and interviews, which import this package to queue emails.
"""
