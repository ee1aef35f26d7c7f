"""Operations: the whole server: organizations, health, consistency checks, key rotation, maintenance.

The operations of the API are declared on their views (`web.openapi.operation`).
"""
