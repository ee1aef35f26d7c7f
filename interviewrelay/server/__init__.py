"""Server: the ASGI front, the HTTP protocol, the WSGI bridge and the processes."""
