"""Mail that leaves by SMTP or into a folder."""
