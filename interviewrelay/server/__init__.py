"""Server: the ASGI front, the HTTP protocol, the bridge to WSGI and the processes."""
