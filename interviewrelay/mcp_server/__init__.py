"""MCP server: lets AI assistants prepare studies and read interviews, through the HTTP API.

It calls the API with an API key and has no other access, so permissions, limits and tenants are the
API's. It imports the library `mcp`, an optional extra (docs/mcp.md).
"""
