"""The way into the library: uploads, folders, and pictures fetched from a server."""
