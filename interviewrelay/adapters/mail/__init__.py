"""Email transport: SMTP, or none while no server is set up. Retries: `notifications.mail_delivery`."""
